package metaffi.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lists the members of a class by name. The plugin chooses among them.
 *
 * <p>A member is an array: the reflected member; the class to call it on; the classes of its
 * parameters, then of its result; the names of these; its flags; its signature in Java; what is
 * known about the elements of each type, see {@link ElementTypes}.
 */
public final class Members {
  private static final int STATIC = 1;
  private static final int VARARGS = 2;
  private static final int FINAL = 4;
  private static final int CALLER_SENSITIVE = 8;

  private Members() {}

  /**
   * Returns the public methods of this name: its own, inherited ones, and those of interfaces.
   *
   * @param type a class or an interface
   * @param name the method's name
   * @return one array per method
   */
  public static Object[][] methods(Class<?> type, String name) {
    List<Method> named = publicMethods(type, name);
    named.removeIf(method -> !method.getName().equals(name));
    Map<List<Class<?>>, Method> bySignature = new LinkedHashMap<>();
    for (Method method : Bridges.withoutGenerated(type, named)) {
      List<Class<?>> key = Arrays.asList(method.getParameterTypes());
      bySignature.merge(key, method, Members::preferred);
    }
    TypeVariables variables = TypeVariables.of(type);
    return bySignature.values().stream()
        .map(method -> describe(method, method.getReturnType(), variables, null))
        .toArray(Object[][]::new);
  }

  /** All public methods, its own and inherited ones, without those that a compiler adds. */
  static List<Method> allMethods(Class<?> type) {
    List<Method> methods = publicMethods(type, null);
    methods.removeIf(Method::isSynthetic);
    return methods;
  }

  /** All public fields whose types are present. */
  static List<Field> allFields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (String name : names(type, true)) {
      for (Object[] member : fields(type, name)) {
        fields.add((Field) member[0]);
      }
    }
    return fields;
  }

  /** Whether a member needs no object. */
  static boolean isStatic(Object[] member) {
    return Modifier.isStatic(((Member) member[0]).getModifiers());
  }

  /** The method with the more specific result, of two that a caller cannot distinguish. */
  private static Method preferred(Method a, Method b) {
    if (a.getReturnType().equals(b.getReturnType())) {
      return a.isBridge() || (b.isDefault() && !a.isDefault()) ? b : a;
    }
    return a.getReturnType().isAssignableFrom(b.getReturnType()) ? b : a;
  }

  /** An interface also has the methods of Object (JLS 9.2). */
  private static List<Method> publicMethods(Class<?> type, String name) {
    List<Method> methods;
    try {
      methods = new ArrayList<>(Arrays.asList(type.getMethods()));
    } catch (NoClassDefFoundError e) {
      methods = PresentMembers.methods(type, name);
    }
    if (type.isInterface()) {
      methods.addAll(Arrays.asList(Object.class.getMethods()));
    }
    return methods;
  }

  /**
   * Returns the public constructors.
   *
   * @param type a class
   * @return one array per constructor; empty if the class is abstract
   */
  public static Object[][] constructors(Class<?> type) {
    if (Modifier.isAbstract(type.getModifiers())) {
      return new Object[0][];
    }
    List<Constructor<?>> all = publicConstructors(type);
    boolean hasOwn = all.stream().anyMatch(constructor -> !constructor.isSynthetic());
    return all.stream()
        .filter(constructor -> !hasOwn || !constructor.isSynthetic())
        .map(Members::describe)
        .toArray(Object[][]::new);
  }

  static List<Constructor<?>> publicConstructors(Class<?> type) {
    try {
      return Arrays.asList(type.getConstructors());
    } catch (NoClassDefFoundError e) {
      return PresentMembers.constructors(type);
    }
  }

  /**
   * Returns the public field of this name, its own or inherited.
   *
   * @param type a class or an interface
   * @param name the field's name
   * @return one array, or none
   */
  public static Object[][] fields(Class<?> type, String name) {
    try {
      return new Object[][] {describe(type, type.getField(name))};
    } catch (NoSuchFieldException e) {
      return new Object[0][];
    } catch (NoClassDefFoundError e) {
      Field field = PresentMembers.field(type, name);
      return field == null ? new Object[0][] : new Object[][] {describe(type, field)};
    }
  }

  /**
   * Explains why an existing member is not offered.
   *
   * @param type the class that was searched
   * @param name the member's name, or {@code <init>}
   * @param field whether a field was looked for
   * @return the reason, or an empty string
   */
  public static String hidden(Class<?> type, String name, boolean field) {
    if (name.equals("<init>")) {
      boolean isAbstract = Modifier.isAbstract(type.getModifiers());
      return isAbstract ? "it is abstract" : "its constructors are not public";
    }
    if (Arrays.asList(names(type, !field)).contains(name)) {
      return field ? "it is a method: write callable=" + name : "it is a field: write field=" + name;
    }
    try {
      return isDeclared(type, name, field) ? "it is not public" : "";
    } catch (NoClassDefFoundError e) {
      return ""; // members that cannot be listed cannot be explained
    }
  }

  private static boolean isDeclared(Class<?> type, String name, boolean field) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      Member[] declared = field ? each.getDeclaredFields() : each.getDeclaredMethods();
      if (Arrays.stream(declared).anyMatch(member -> member.getName().equals(name))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the names of all public methods or fields.
   *
   * @param type a class or an interface
   * @param fields whether to list fields instead of methods
   * @return each name once
   */
  public static String[] names(Class<?> type, boolean fields) {
    Set<String> names = new TreeSet<>();
    try {
      List<? extends Member> all =
          fields ? Arrays.asList(type.getFields()) : Arrays.asList(type.getMethods());
      all.forEach(member -> names.add(member.getName()));
    } catch (NoClassDefFoundError e) {
      names.addAll(PresentMembers.names(type, fields));
    }
    if (type.isInterface() && !fields) {
      Arrays.stream(Object.class.getMethods()).forEach(method -> names.add(method.getName()));
    }
    return names.toArray(new String[0]);
  }

  /**
   * Reflects one member without listing the others.
   *
   * @throws NoClassDefFoundError if a class in its signature is absent
   */
  static native Member reflect(
      Class<?> type, String name, String descriptor, boolean isStatic, boolean isField);

  /** Describes one method or constructor. */
  static Object[] describe(Executable executable) {
    Class<?> result =
        executable instanceof Method
            ? ((Method) executable).getReturnType()
            : executable.getDeclaringClass();
    TypeVariables variables = TypeVariables.of(executable.getDeclaringClass());
    return describe(executable, result, variables, null);
  }

  /** Whether a field is read-only. */
  static boolean isFinal(Object[] member) {
    return Modifier.isFinal(((Member) member[0]).getModifiers());
  }

  /**
   * The same with more knowledge than the class file has.
   *
   * @param result the class of the result
   * @param variables the types of type variables
   * @param resultElements what is known about the result's elements; null to use the method's
   *     signature
   */
  static Object[] describe(
      Executable executable, Class<?> result, TypeVariables variables, Object[] resultElements) {
    Class<?>[] parameters = executable.getParameterTypes();
    Class<?>[] types = Arrays.copyOf(parameters, parameters.length + 1);
    types[parameters.length] = result;
    Object[] elements = ElementTypes.of(executable, variables);
    if (resultElements != null) {
      elements[parameters.length] = resultElements;
    }
    int flags = executable.isVarArgs() ? VARARGS : 0;
    flags |= Callers.isCallerSensitive(executable) ? CALLER_SENSITIVE : 0;
    return describe(executable, types, elements, flags, signature(executable, result));
  }

  private static Object[] describe(Class<?> type, Field field) {
    int flags = Modifier.isFinal(field.getModifiers()) ? FINAL : 0;
    String signature = field.getType().getTypeName() + " " + field.getName();
    Object[] elements = {ElementTypes.of(field, TypeVariables.of(type))};
    return describe(field, new Class<?>[] {field.getType()}, elements, flags, signature);
  }

  private static Object[] describe(
      Member member, Class<?>[] types, Object[] elements, int flags, String signature) {
    boolean isStatic = Modifier.isStatic(member.getModifiers());
    String[] names = Arrays.stream(types).map(Class::getName).toArray(String[]::new);
    return new Object[] {
      member,
      member.getDeclaringClass(),
      types,
      names,
      new int[] {flags | (isStatic ? STATIC : 0)},
      isStatic ? "static " + signature : signature,
      elements
    };
  }

  static String signature(Executable executable, Class<?> result) {
    return signature(executable, result, false);
  }

  /** The signature as written in Java; with the parameters' names, if the class file has them. */
  static String signature(Executable executable, Class<?> result, boolean isNamed) {
    StringBuilder text = new StringBuilder();
    if (executable instanceof Constructor) {
      text.append("new ").append(result.getTypeName());
    } else {
      text.append(result.getTypeName()).append(' ').append(executable.getName());
    }
    text.append('(');
    Class<?>[] parameters = executable.getParameterTypes();
    for (int i = 0; i < parameters.length; i++) {
      boolean spread = executable.isVarArgs() && i == parameters.length - 1;
      Class<?> type = spread ? parameters[i].getComponentType() : parameters[i];
      text.append(i == 0 ? "" : ", ").append(type.getTypeName()).append(spread ? "..." : "");
      if (isNamed && executable.getParameters()[i].isNamePresent()) {
        text.append(' ').append(executable.getParameters()[i].getName());
      }
    }
    return text.append(')').toString();
  }
}
