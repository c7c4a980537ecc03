package metaffi.internal;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which operations in {@code metaffi.h} the objects of a class have. */
final class Operations {
  /** Operations implemented here, by the class of their first parameter. */
  private static final Map<String, List<Method>> OF_OBJECTS = methodsOf(ObjectOperations.class);

  private static final Map<String, List<Method>> OF_ARRAYS = methodsOf(ArrayOperations.class);

  /** Operations implemented by the objects themselves, with their names in the JDK. */
  private static final Map<String, List<String>> ARITHMETIC = new HashMap<>();

  static {
    ARITHMETIC.put("negate", List.of("negate", "negated"));
    ARITHMETIC.put("absolute", List.of("abs"));
    ARITHMETIC.put("invert", List.of("not"));
    ARITHMETIC.put("add", List.of("add", "plus"));
    ARITHMETIC.put("subtract", List.of("subtract", "minus"));
    ARITHMETIC.put("multiply", List.of("multiply", "multipliedBy"));
    ARITHMETIC.put("divide", List.of("divide", "dividedBy"));
    ARITHMETIC.put("remainder", List.of("remainder"));
    ARITHMETIC.put("power", List.of("pow"));
    ARITHMETIC.put("and", List.of("and"));
    ARITHMETIC.put("or", List.of("or"));
    ARITHMETIC.put("xor", List.of("xor"));
    ARITHMETIC.put("shift_left", List.of("shiftLeft"));
    ARITHMETIC.put("shift_right", List.of("shiftRight"));
  }

  private static final Set<String> UNARY = Set.of("negate", "absolute", "invert");

  private Operations() {}

  private static Map<String, List<Method>> methodsOf(Class<?> operations) {
    Map<String, List<Method>> methods = new HashMap<>();
    for (Method method : operations.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())) {
        methods.computeIfAbsent(nameOf(method), name -> new ArrayList<>()).add(method);
      }
    }
    return methods;
  }

  /** {@code set_item} for {@code setItem}, {@code class} for {@code class_}. */
  private static String nameOf(Method method) {
    String name = method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    return name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
  }

  /** The plan for an operation on the objects of a class; 0 if they do not have it. */
  static long plan(Class<?> type, String name) {
    Method own = own(type, name);
    if (own != null && name.equals("advance")) {
      return Functions.planNext(Members.describe(own), ObjectOperations.END);
    }
    if (own != null) {
      Object[][] members = {Members.describe(own)};
      return Functions.planMembers(members, Functions.METHOD, Functions.BOUND);
    }
    if (name.equals("call")) {
      Interface function = Interface.ofClass(type);
      return function == null
          ? 0
          : InstanceType.planned(
              new Object[][] {Members.describe(function.method)}, Functions.METHOD);
    }
    return InstanceType.planned(arithmetic(type, name), Functions.METHOD);
  }

  /**
   * The operation implemented here whose first parameter is nearest to the class; null if there is
   * none.
   */
  private static Method own(Class<?> type, String name) {
    if (type.isArray() && OF_ARRAYS.containsKey(name)) {
      return OF_ARRAYS.get(name).get(0);
    }
    Method nearest = null;
    for (Method method : OF_OBJECTS.getOrDefault(name, List.of())) {
      Class<?> first = method.getParameterTypes()[0];
      boolean isNearer = nearest == null || nearest.getParameterTypes()[0].isAssignableFrom(first);
      if (first.isAssignableFrom(type) && isNearer) {
        nearest = method;
      }
    }
    return nearest;
  }

  /** Methods that return another object of the same type. */
  private static Object[][] arithmetic(Class<?> type, String name) {
    int count = UNARY.contains(name) ? 0 : 1;
    for (String each : ARITHMETIC.getOrDefault(name, List.of())) {
      Object[][] found =
          Arrays.stream(InstanceType.withStatic(Members.methods(type, each), false))
              .filter(member -> makesAnother(type, (Method) member[0], count))
              .toArray(Object[][]::new);
      if (found.length > 0) {
        return found;
      }
    }
    return new Object[0][];
  }

  private static boolean makesAnother(Class<?> type, Method method, int count) {
    Class<?> result = method.getReturnType();
    boolean isOwn = result != Object.class && result.isAssignableFrom(type);
    return isOwn && method.getParameterCount() == count;
  }

  /** The names of a class's operations, and of the roles that its objects have. */
  static String[] names(Class<?> type) {
    Set<String> names = new TreeSet<>();
    for (String each : OF_OBJECTS.keySet()) {
      if (own(type, each) != null) {
        names.add(each);
      }
    }
    for (String each : ARITHMETIC.keySet()) {
      if (arithmetic(type, each).length > 0) {
        names.add(each);
      }
    }
    if (type.isArray()) {
      names.addAll(OF_ARRAYS.keySet());
    }
    if (Interface.ofClass(type) != null) {
      names.add("call");
    }
    addIf(type.isInterface(), "interface", names);
    addIf(Map.class.isAssignableFrom(type), "mapping", names);
    addIf(List.class.isAssignableFrom(type) || type.isArray(), "sequence", names);
    addIf(Set.class.isAssignableFrom(type), "set", names);
    addIf(IOException.class.isAssignableFrom(type), "os_error", names);
    return names.toArray(new String[0]);
  }

  private static void addIf(boolean is, String name, Set<String> names) {
    if (is) {
      names.add(name);
    }
  }
}
