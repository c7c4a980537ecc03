package metaffi.stubs;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import metaffi.Caller;
import metaffi.MetaFFIException;
import metaffi.MetaFFIHandle;
import metaffi.internal.RawType;

/** Lifts an argument for a method of the program to the parameter's declared type. */
final class ParameterLift {
  private final Class<?> type;
  private final StubModule module;
  private final Function<Object, Object> lift;

  private ParameterLift(Class<?> type, StubModule module, Function<Object, Object> lift) {
    this.type = type;
    this.module = module;
    this.lift = lift;
  }

  /** The conversion for a parameter type, in stubs of a module. */
  static ParameterLift as(Type declared, StubModule module) {
    Class<?> type = RawType.of(declared);
    return new ParameterLift(type, module, plan(declared, type, module));
  }

  Object lift(Object value) {
    return lift.apply(value);
  }

  /** Whether a value has the declared type, as far as can be seen. */
  boolean takes(Object value) {
    if (value == null) {
      return !type.isPrimitive();
    }
    if (type == boolean.class || type == Boolean.class) {
      return value instanceof Boolean;
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type) || type == Character.class) {
      return value instanceof Number || value instanceof Character;
    }
    if (value instanceof MetaFFIHandle && module.idOf(type) != null) {
      return List.of(module.supertypes(value)).contains(module.idOf(type));
    }
    if (type.isArray() || Iterable.class == type) {
      return value.getClass().isArray() || value instanceof Iterable;
    }
    return type.isInstance(value);
  }

  private static Function<Object, Object> plan(Type declared, Class<?> type, StubModule module) {
    Function<Object, Object> plain = plain(type);
    if (plain != null) {
      return plain;
    }
    if (module.idOf(type) != null) {
      return value -> Lift.object(module, value, module.makerOf(type));
    }
    if (type.isArray()) {
      Type element =
          declared instanceof GenericArrayType
              ? ((GenericArrayType) declared).getGenericComponentType()
              : type.getComponentType();
      ParameterLift each = as(element, module);
      return value -> Lift.array(type, value, each::lift);
    }
    if (type == Iterable.class || type == List.class) {
      ParameterLift each = argument(declared, 0, module);
      return type == List.class
          ? value -> Lift.list(module, value, each::lift)
          : value -> Lift.iterable(module, value, each::lift);
    }
    if (type == Map.class) {
      ParameterLift key = argument(declared, 0, module);
      ParameterLift of = argument(declared, 1, module);
      return value -> Lift.map(module, value, key::lift, of::lift);
    }
    return value -> other(type, module, value);
  }

  private static ParameterLift argument(Type declared, int at, StubModule module) {
    boolean isKnown = declared instanceof ParameterizedType;
    return as(
        isKnown ? ((ParameterizedType) declared).getActualTypeArguments()[at] : Object.class,
        module);
  }

  /** The conversion to a string or a number; null for other types. */
  private static Function<Object, Object> plain(Class<?> type) {
    if (type == String.class) {
      return Lift::toText;
    }
    if (type == boolean.class) {
      return Lift::toBoolean;
    }
    if (type == char.class) {
      return Lift::toChar;
    }
    if (type == byte.class) {
      return Lift::toByte;
    }
    if (type == short.class) {
      return Lift::toShort;
    }
    if (type == int.class) {
      return Lift::toInt;
    }
    if (type == long.class) {
      return Lift::toLong;
    }
    if (type == float.class) {
      return Lift::toFloat;
    }
    return type == double.class ? Lift::toDouble : boxed(type);
  }

  private static Function<Object, Object> boxed(Class<?> type) {
    Class<?> primitive = java.lang.invoke.MethodType.methodType(type).unwrap().returnType();
    if (!primitive.isPrimitive() || primitive == void.class) {
      return null;
    }
    Function<Object, Object> plain = plain(primitive);
    return value -> value == null ? null : plain.apply(value);
  }

  private static Object other(Class<?> type, StubModule module, Object value) {
    Object lifted = type.isInstance(value) && type != Object.class ? value : module.any(value);
    if (lifted instanceof Caller && type.isInterface()) {
      return ((Caller) lifted).as(type);
    }
    if (lifted == null || type.isInstance(lifted)) {
      return lifted;
    }
    throw new MetaFFIException(
        "expected " + type.getTypeName() + ", got a " + lifted.getClass().getTypeName());
  }
}
