package metaffi.internal;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What generic signatures say about the elements of collections and arrays.
 *
 * <p>The elements of a type are described by an array: their class, its name, their own elements in
 * the same form or null, and null. For a map it describes the keys, and the last entry describes
 * the values. It is null if nothing is known beyond the type's own class.
 */
final class ElementTypes {
  /** The maximum depth: a class may be a collection of itself. */
  private static final int MAX_DEPTH = 8;

  private static final Class<?>[] OF_ELEMENTS = {
    Iterable.class, Map.class, Iterator.class, Stream.class, Enumeration.class
  };

  private ElementTypes() {}

  /** The elements of the parameters of a method or constructor, then of its result. */
  static Object[] of(Executable executable, TypeVariables variables) {
    int count = executable.getParameterCount();
    Object[] elements = new Object[count + 1];
    try {
      Type[] types = executable.getGenericParameterTypes();
      // If the compiler added parameters, the lists differ.
      for (int i = 0; types.length == count && i < count; i++) {
        elements[i] = of(types[i], variables, 0);
      }
      if (executable instanceof Method) {
        elements[count] = of(((Method) executable).getGenericReturnType(), variables, 0);
      }
    } catch (LinkageError | TypeNotPresentException | MalformedParameterizedTypeException e) {
      return new Object[count + 1]; // signatures may name absent classes, or be malformed
    }
    return elements;
  }

  /** The elements of a field. */
  static Object[] of(Field field, TypeVariables variables) {
    try {
      return of(field.getGenericType(), variables, 0);
    } catch (LinkageError | TypeNotPresentException | MalformedParameterizedTypeException e) {
      return null; // as above
    }
  }

  /** The elements of a type. */
  static Object[] of(Type type, TypeVariables variables) {
    return of(type, variables, 0);
  }

  private static Object[] of(Type type, TypeVariables variables, int depth) {
    if (depth == MAX_DEPTH) {
      return null;
    }
    Type known = variables.known(type);
    Object[] element = describe(elementOf(known, variables), variables, depth);
    Object[] value = describe(argument(known, variables, Map.class, 1), variables, depth);
    if (value == null) {
      return element;
    }
    Object[] entry = element == null ? new Object[] {Object.class, "java.lang.Object", null, null} : element;
    entry[3] = value;
    return entry;
  }

  private static Object[] describe(Type element, TypeVariables variables, int depth) {
    Class<?> erased = element == null ? null : variables.classOf(element);
    if (erased == null || erased == Object.class) {
      return null;
    }
    return new Object[] {erased, erased.getName(), of(element, variables, depth + 1), null};
  }

  private static Type elementOf(Type type, TypeVariables variables) {
    if (type instanceof GenericArrayType) {
      return ((GenericArrayType) type).getGenericComponentType();
    }
    for (Class<?> generic : OF_ELEMENTS) {
      Type element = argument(type, variables, generic, 0);
      if (element != null) {
        return element;
      }
    }
    return null;
  }

  /** The type that a variable of a generic class has in a type that extends it; may be null. */
  private static Type argument(Type type, TypeVariables variables, Class<?> generic, int index) {
    Class<?> erased = variables.classOf(type);
    if (erased == null || !generic.isAssignableFrom(erased)) {
      return null;
    }
    return variables.with(type).known(generic.getTypeParameters()[index]);
  }
}
