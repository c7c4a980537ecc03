package metaffi.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Distinguishes methods in the source from those that a compiler adds.
 *
 * <p>A bridge takes the erased parameters of the overridden method of a generic class, casts them,
 * and calls the method in the source: it is not an overload. A bridge that makes a method of a
 * package-private class public has no other counterpart, and counts as a method.
 */
final class Bridges {
  private Bridges() {}

  /**
   * Drops generated methods that have a counterpart in the source.
   *
   * @param type the class that has them
   * @param methods all of one name
   */
  static List<Method> withoutGenerated(Class<?> type, List<Method> methods) {
    boolean hasOwn = methods.stream().anyMatch(method -> !method.isSynthetic());
    List<Method> result = new ArrayList<>();
    for (Method method : methods) {
      boolean isGenerated =
          method.isBridge() ? isErased(type, method, methods) : method.isSynthetic() && hasOwn;
      if (!isGenerated) {
        result.add(method);
      }
    }
    return result;
  }

  /** Whether a bridge stands for another method, whose types it has after erasure. */
  private static boolean isErased(Class<?> type, Method bridge, List<Method> methods) {
    TypeVariables variables = TypeVariables.of(type);
    Class<?>[] erased = bridge.getParameterTypes();
    for (Class<?> each : supertypes(bridge.getDeclaringClass())) {
      Method overridden = declared(each, bridge.getName(), erased);
      if (overridden == null || overridden.isBridge()) {
        continue;
      }
      Class<?>[] real = resolved(overridden, variables);
      if (!Arrays.equals(real, erased) && isOwn(methods, real)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOwn(List<Method> methods, Class<?>[] parameters) {
    return methods.stream()
        .anyMatch(
            method ->
                !method.isBridge() && Arrays.equals(method.getParameterTypes(), parameters));
  }

  private static Class<?>[] resolved(Method method, TypeVariables variables) {
    Type[] types = method.getGenericParameterTypes();
    Class<?>[] classes = method.getParameterTypes();
    for (int i = 0; i < classes.length; i++) {
      Class<?> known = variables.classOf(types[i]);
      classes[i] = known == null ? classes[i] : known;
    }
    return classes;
  }

  private static Method declared(Class<?> type, String name, Class<?>[] parameters) {
    try {
      return type.getDeclaredMethod(name, parameters);
    } catch (NoSuchMethodException | NoClassDefFoundError e) {
      return null; // absent, or in a class whose members cannot be listed
    }
  }

  private static Set<Class<?>> supertypes(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each != type) {
        found.add(each);
      }
      addInterfaces(each, found);
    }
    return found;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> found) {
    for (Class<?> each : type.getInterfaces()) {
      if (found.add(each)) {
        addInterfaces(each, found);
      }
    }
  }
}
