package metaffi.internal;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

/** The type arguments of a generic class where it is used. */
final class TypeVariables {
  private final Map<TypeVariable<?>, Type> known;

  private TypeVariables(Map<TypeVariable<?>, Type> known) {
    this.known = known;
  }

  /**
   * Collects the type arguments of one use of a class.
   *
   * @param use for instance {@code BinaryOperator<Integer>}, or a class that extends it
   */
  static TypeVariables of(Type use) {
    return new TypeVariables(new HashMap<>()).with(use);
  }

  /** The same, extended by another use. */
  TypeVariables with(Type use) {
    TypeVariables more = new TypeVariables(new HashMap<>(known));
    try {
      more.learn(use);
    } catch (LinkageError | TypeNotPresentException e) {
      return this; // a signature names an absent class
    }
    return more;
  }

  private void learn(Type use) {
    if (use instanceof ParameterizedType) {
      Type[] arguments = ((ParameterizedType) use).getActualTypeArguments();
      Class<?> raw = (Class<?>) ((ParameterizedType) use).getRawType();
      TypeVariable<?>[] parameters = raw.getTypeParameters();
      for (int i = 0; i < parameters.length; i++) {
        known.put(parameters[i], known(arguments[i]));
      }
      learn(raw);
    } else if (use instanceof Class) {
      if (((Class<?>) use).getGenericSuperclass() != null) {
        learn(((Class<?>) use).getGenericSuperclass());
      }
      for (Type parent : ((Class<?>) use).getGenericInterfaces()) {
        learn(parent);
      }
    }
  }

  /** A type, resolved if it is a variable or a wildcard; null if it is unknown. */
  Type known(Type type) {
    if (type instanceof WildcardType) {
      Type[] lower = ((WildcardType) type).getLowerBounds();
      return known(lower.length > 0 ? lower[0] : ((WildcardType) type).getUpperBounds()[0]);
    }
    if (!(type instanceof TypeVariable)) {
      return type;
    }
    Type argument = known.get(type);
    // Chains end: a variable's type was resolved before it was stored.
    return argument == null || argument == type ? bound((TypeVariable<?>) type) : argument;
  }

  /** A bound that restricts the variable; null for Object and for other variables. */
  private static Type bound(TypeVariable<?> variable) {
    Type bound = variable.getBounds()[0];
    return bound == Object.class || bound instanceof TypeVariable ? null : bound;
  }

  /** The class of a type; null if it is unknown. */
  Class<?> classOf(Type type) {
    if (type instanceof Class) {
      return (Class<?>) type;
    }
    if (type instanceof ParameterizedType) {
      return (Class<?>) ((ParameterizedType) type).getRawType();
    }
    if (type instanceof GenericArrayType) {
      Class<?> component = classOf(((GenericArrayType) type).getGenericComponentType());
      return component == null ? null : Array.newInstance(component, 0).getClass();
    }
    Type stands = type == null ? null : known(type);
    return stands == null || stands == type ? null : classOf(stands);
  }
}
