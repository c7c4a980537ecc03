package metaffi.internal;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

/** What type variables stand for where a generic interface is used. */
final class TypeVariables {
  private final Map<TypeVariable<?>, Type> known = new HashMap<>();

  private TypeVariables() {}

  /**
   * What a method returns in one use of its interface.
   *
   * @param method a method of the interface, own or inherited
   * @param use for instance {@code BinaryOperator<Integer>}
   * @return the class, here {@code Integer}; null when it stays open
   */
  static Class<?> resultOf(Method method, Type use) {
    TypeVariables variables = new TypeVariables();
    variables.learn(use);
    return variables.resolve(method.getGenericReturnType());
  }

  private void learn(Type use) {
    if (use instanceof ParameterizedType) {
      Type[] arguments = ((ParameterizedType) use).getActualTypeArguments();
      TypeVariable<?>[] parameters =
          ((Class<?>) ((ParameterizedType) use).getRawType()).getTypeParameters();
      for (int i = 0; i < parameters.length; i++) {
        known.put(parameters[i], arguments[i]);
      }
      learn(((ParameterizedType) use).getRawType());
    } else if (use instanceof Class) {
      for (Type parent : ((Class<?>) use).getGenericInterfaces()) {
        learn(parent);
      }
    }
  }

  private Class<?> resolve(Type type) {
    if (type instanceof Class) {
      return (Class<?>) type;
    }
    if (type instanceof ParameterizedType) {
      return resolve(((ParameterizedType) type).getRawType());
    }
    if (type instanceof GenericArrayType) {
      Class<?> component = resolve(((GenericArrayType) type).getGenericComponentType());
      return component == null ? null : Array.newInstance(component, 0).getClass();
    }
    if (type instanceof WildcardType) {
      return resolve(((WildcardType) type).getUpperBounds()[0]);
    }
    Type argument = known.get(type);
    return argument == null || argument == type ? null : resolve(argument);
  }
}
