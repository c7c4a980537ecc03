package metaffi.internal;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;

/** The raw class of a declared type. */
public final class RawType {
  private RawType() {}

  /** Returns the class of a type; {@code Object} for a type variable. */
  public static Class<?> of(Type type) {
    if (type instanceof Class) {
      return (Class<?>) type;
    }
    if (type instanceof ParameterizedType) {
      return (Class<?>) ((ParameterizedType) type).getRawType();
    }
    if (type instanceof GenericArrayType) {
      Class<?> element = of(((GenericArrayType) type).getGenericComponentType());
      return Array.newInstance(element, 0).getClass();
    }
    return type instanceof WildcardType
        ? of(((WildcardType) type).getUpperBounds()[0])
        : Object.class;
  }
}
