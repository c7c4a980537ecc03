package metaffi;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import metaffi.internal.RawType;
import metaffi.internal.Scalars;

/** Converts what a guest returns to a type that the program declares. */
interface Conversion<T> {
  /**
   * Converts the object.
   *
   * @throws MetaFFIException if the object cannot be converted
   */
  T of(MetaFFIObject object);

  /**
   * The error for a result that cannot be converted; an error of the guest's own is returned
   * unchanged.
   */
  static MetaFFIException ofResult(Method method, MetaFFIException error) {
    String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    return error.kind().equals("guest")
        ? error
        : new MetaFFIException("the result of " + name + ": " + error.getMessage());
  }

  /** The conversion to a class. */
  @SuppressWarnings("unchecked") // the conversion for a class returns that class
  static <T> Conversion<T> to(Class<T> type) {
    return (Conversion<T>) to((Type) type);
  }

  /** The conversion to a type. */
  static Conversion<?> to(Type declared) {
    Class<?> type = RawType.of(declared);
    Class<?> primitive = MethodType.methodType(type).unwrap().returnType();
    if (type == void.class || type == Void.class) {
      return object -> null;
    }
    if (primitive.isPrimitive()) {
      return object -> number(type, primitive, object);
    }
    if (type == Object.class || type == MetaFFIObject.class) {
      return type == Object.class ? Conversion::plain : object -> object;
    }
    if (type.isArray()) {
      return arrays(declared, type);
    }
    Conversion<?> generic = ofGeneric(declared, type);
    return generic != null ? generic : object -> other(type, object);
  }

  private static Conversion<?> argument(Type declared, int at) {
    boolean isKnown = declared instanceof ParameterizedType;
    return to(isKnown ? ((ParameterizedType) declared).getActualTypeArguments()[at] : Object.class);
  }

  private static Conversion<?> ofGeneric(Type declared, Class<?> type) {
    if (type == Optional.class) {
      Conversion<?> present = argument(declared, 0);
      return object -> optional(object, present);
    }
    if (type == Map.class) {
      Conversion<?> keys = argument(declared, 0);
      Conversion<?> values = argument(declared, 1);
      return nullable(object -> map(object, keys, values));
    }
    if (type == List.class || type == Collection.class || type == Iterable.class) {
      Conversion<?> each = argument(declared, 0);
      return nullable(object -> list(object, each));
    }
    if (type == Set.class) {
      Conversion<?> each = argument(declared, 0);
      return nullable(object -> new LinkedHashSet<>(copied(object, each)));
    }
    if (type == Iterator.class || type == Stream.class) {
      Conversion<?> each = argument(declared, 0);
      return nullable(
          object ->
              type == Stream.class
                  ? object.stream().map(each::of)
                  : object.stream().map(each::of).iterator());
    }
    return null;
  }

  /** Java guests may return an {@code Optional} themselves. */
  private static Optional<?> optional(MetaFFIObject object, Conversion<?> present) {
    boolean isOptional = object.value() instanceof Optional;
    Object value = isOptional ? ((Optional<?>) object.value()).orElse(null) : object.value();
    return value == null ? Optional.empty() : Optional.of(present.of(MetaFFIObject.of(value)));
  }

  private static Conversion<?> nullable(Conversion<?> conversion) {
    return object -> object.isNull() ? null : conversion.of(object);
  }

  /** A Java value, or the guest's object itself. */
  private static Object plain(MetaFFIObject object) {
    return object.value() instanceof MetaFFIHandle ? object : object.value();
  }

  private static Object number(Class<?> type, Class<?> primitive, MetaFFIObject object) {
    if (object.isNull() && !type.isPrimitive()) {
      return null;
    }
    Object value = object.value();
    if (primitive == char.class && value instanceof String && ((String) value).length() == 1) {
      return ((String) value).charAt(0);
    }
    if (value instanceof MetaFFIHandle) {
      value = unboxed(primitive, object);
    }
    try {
      return Scalars.as(primitive, value);
    } catch (RuntimeException refused) {
      throw new MetaFFIException(refused.getMessage());
    }
  }

  /** A guest number that is an object, such as an instance of a number class. */
  private static Object unboxed(Class<?> primitive, MetaFFIObject object) {
    String operation =
        primitive == boolean.class
            ? "truth"
            : primitive == double.class || primitive == float.class ? "float" : "integer";
    return object.can(operation) ? object.operate(operation).value() : object;
  }

  private static Conversion<?> arrays(Type declared, Class<?> type) {
    Conversion<?> each =
        to(
            declared instanceof GenericArrayType
                ? ((GenericArrayType) declared).getGenericComponentType()
                : type.getComponentType());
    return nullable(
        object -> type.isInstance(object.value()) ? object.value() : array(type, object, each));
  }

  private static Object array(Class<?> type, MetaFFIObject object, Conversion<?> each) {
    List<Object> items = copied(object, each);
    Object array = Array.newInstance(type.getComponentType(), items.size());
    for (int i = 0; i < items.size(); i++) {
      Array.set(array, i, items.get(i));
    }
    return array;
  }

  /** A live view of the guest's list if it has one, else a copy of its items. */
  private static Object list(MetaFFIObject object, Conversion<?> each) {
    boolean isLive =
        object.isObject()
            && object.can("length")
            && object.can("get_item")
            && !object.type().description(object.handle()).has("mapping");
    return isLive ? new ObjectList<>(object, each) : copied(object, each);
  }

  private static List<Object> copied(MetaFFIObject object, Conversion<?> each) {
    List<Object> items = new ArrayList<>();
    if (object.value() instanceof Object[]) {
      Arrays.stream((Object[]) object.value())
          .forEach(item -> items.add(each.of(MetaFFIObject.of(item))));
    } else {
      object.forEach(item -> items.add(each.of(item)));
    }
    return items;
  }

  private static Object map(MetaFFIObject object, Conversion<?> keys, Conversion<?> values) {
    if (!object.can("keys")) {
      throw wrong(Map.class, object);
    }
    return new ObjectMap<>(object, keys, values);
  }

  private static Object other(Class<?> type, MetaFFIObject object) {
    Object value = object.value();
    if (value == null || type.isInstance(value)) {
      return value;
    }
    if (type == MetaFFIHandle.class) {
      return object.handle();
    }
    if (type.isEnum()) {
      return constant(type, object);
    }
    if (type.isInterface()) {
      return InterfaceView.of(type, object);
    }
    Object converted = converted(type, value);
    if (converted == null) {
      throw wrong(type, object);
    }
    return converted;
  }

  /** A number or a string as another class; null if there is no conversion. */
  private static Object converted(Class<?> type, Object value) {
    boolean isInteger = value instanceof Long || value instanceof Integer;
    if (type == BigInteger.class && isInteger) {
      return BigInteger.valueOf(((Number) value).longValue());
    }
    if (type == BigDecimal.class && value instanceof Number) {
      return new BigDecimal(value.toString());
    }
    return type == String.class && value instanceof Character ? value.toString() : null;
  }

  /** The enum constant with the guest's name. */
  private static Object constant(Class<?> type, MetaFFIObject object) {
    String name = object.value() instanceof String ? (String) object.value() : nameOf(object);
    for (Object each : type.getEnumConstants()) {
      if (((Enum<?>) each).name().equals(name)) {
        return each;
      }
    }
    throw wrong(type, object);
  }

  private static String nameOf(MetaFFIObject object) {
    return object.find(ForeignType.GET, "name") == null ? "" : object.get("name", String.class);
  }

  private static MetaFFIException wrong(Class<?> type, MetaFFIObject object) {
    return new MetaFFIException(
        "expected " + type.getTypeName() + ", got a value of type " + object.typeName());
  }
}
