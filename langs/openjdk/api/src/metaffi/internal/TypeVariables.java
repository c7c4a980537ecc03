package metaffi.internal;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

/** What type variables stand for where a generic class is used. */
final class TypeVariables {
  private final Map<TypeVariable<?>, Type> known;

  private TypeVariables(Map<TypeVariable<?>, Type> known) {
    this.known = known;
  }

  /**
   * What is known in one use of a class.
   *
   * @param use for instance {@code BinaryOperator<Integer>}, or a class that extends such
   */
  static TypeVariables of(Type use) {
    return new TypeVariables(new HashMap<>()).with(use);
  }

  /** The same, and what another use tells. */
  TypeVariables with(Type use) {
    TypeVariables more = new TypeVariables(new HashMap<>(known));
    try {
      more.learn(use);
    } catch (LinkageError | TypeNotPresentException e) {
      return this; // a signature names what is absent
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

  /** A type, with what it stands for when it is a variable or a wildcard; null when that is open. */
  Type known(Type type) {
    if (type instanceof WildcardType) {
      Type[] lower = ((WildcardType) type).getLowerBounds();
      return known(lower.length > 0 ? lower[0] : ((WildcardType) type).getUpperBounds()[0]);
    }
    if (!(type instanceof TypeVariable)) {
      return type;
    }
    Type argument = known.get(type);
    // Chains end: what a variable stands for was looked up before it was kept.
    return argument == null || argument == type ? bound((TypeVariable<?>) type) : argument;
  }

  /** A bound that says more than nothing; one that names the variable itself is taken as it is. */
  private static Type bound(TypeVariable<?> variable) {
    Type bound = variable.getBounds()[0];
    return bound == Object.class || bound instanceof TypeVariable ? null : bound;
  }

  /** The class of a type; null when it stays open. */
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
