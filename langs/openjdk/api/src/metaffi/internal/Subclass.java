package metaffi.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import metaffi.MetaFFIException;
import metaffi.MetaFFIHandle;

/**
 * Generates a class whose methods are implemented in another language; see {@link metaffi.Derived}.
 */
public final class Subclass {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String API = "metaffi/Derived";
  private static final String HANDLER = "Ljava/lang/reflect/InvocationHandler;";
  private static final String OBJECT = "Lmetaffi/MetaFFIHandle;";
  private static final String METHODS = "[Ljava/lang/reflect/Method;";
  private static final String CALL =
      "(Ljava/lang/reflect/InvocationHandler;Ljava/lang/Object;Ljava/lang/reflect/Method;"
          + "[Ljava/lang/Object;)Ljava/lang/Object;";

  private final Class<?> superclass;
  private final Class<?>[] interfaces;
  private final Set<String> names;
  private final String name;
  private final String internalName;
  private final ClassWriter writer = new ClassWriter();

  /**
   * Prepares a class; see {@link metaffi.Derived#define}.
   *
   * @param superclass its superclass
   * @param interfaces the interfaces that it implements
   * @param names the methods that the other language implements
   * @param name its name
   */
  public Subclass(Class<?> superclass, Class<?>[] interfaces, String[] names, String name) {
    this.superclass = superclass;
    this.interfaces = interfaces;
    this.names = Set.of(names);
    String letters = name.replaceAll("[^\\p{L}\\p{N}_]", "_");
    this.name = "metaffi.derived." + letters + "$" + COUNT.incrementAndGet();
    internalName = this.name.replace('.', '/');
  }

  /**
   * Makes the class.
   *
   * @return the class
   */
  public Class<?> define() {
    check();
    List<Method> methods = overridden();
    writer.field(0, "metaffi$handler", HANDLER);
    writer.field(ClassWriter.PUBLIC, "metaffi$object", OBJECT);
    writer.field(ClassWriter.PUBLIC | ClassWriter.STATIC, "metaffi$methods", METHODS);
    writer.field(ClassWriter.PUBLIC | ClassWriter.STATIC, "metaffi$super", "Ljava/lang/Class;");
    constructors().forEach(this::addConstructor);
    for (int i = 0; i < methods.size(); i++) {
      addMethod(methods.get(i), i);
    }
    List<String> all =
        Arrays.stream(interfaces).map(CodeWriter::internal).collect(Collectors.toList());
    byte[] code = writer.toBytes(internalName, CodeWriter.internal(superclass), all);
    return bound(defined(code), methods);
  }

  private Class<?> defined(byte[] code) {
    try {
      return new SingleClassLoader(parent()).define(name, code);
    } catch (LinkageError e) {
      throw new MetaFFIException(name + " cannot be defined: " + e.getMessage());
    }
  }

  private void check() {
    int modifiers = superclass.getModifiers();
    String reason =
        superclass.isInterface()
            ? "an interface: name it among the interfaces"
            : Modifier.isFinal(modifiers)
                ? "final"
                : !Modifier.isPublic(modifiers)
                    ? "not public"
                    : constructors().findAny().isEmpty() ? "without a constructor to call" : "";
    if (!reason.isEmpty()) {
      throw new MetaFFIException(
          "no class can derive from " + superclass.getTypeName() + ": it is " + reason);
    }
  }

  private Stream<Constructor<?>> constructors() {
    return Arrays.stream(superclass.getDeclaredConstructors())
        .filter(each -> isVisible(each.getModifiers()) && !each.isSynthetic());
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** The methods with these names that can be overridden; fails if a required one is missing. */
  private List<Method> overridden() {
    Map<List<Object>, Method> bySignature = new LinkedHashMap<>();
    for (Class<?> each = superclass; each != null; each = each.getSuperclass()) {
      addDeclared(each, bySignature);
    }
    Stream.concat(Stream.of(superclass), Arrays.stream(interfaces))
        .flatMap(each -> Arrays.stream(each.getMethods()))
        .filter(each -> each.getDeclaringClass().isInterface())
        .forEach(each -> bySignature.putIfAbsent(signature(each), each));
    checkAll(bySignature.values());
    return bySignature.values().stream()
        .filter(each -> names.contains(each.getName()))
        .filter(each -> (each.getModifiers() & (Modifier.FINAL | Modifier.STATIC)) == 0)
        .collect(Collectors.toList());
  }

  /** Checks that no abstract method is missing, and that no final method is named. */
  private void checkAll(Collection<Method> methods) {
    Set<String> missing = new TreeSet<>();
    for (Method method : methods) {
      boolean isNamed = names.contains(method.getName());
      if (!isNamed && Modifier.isAbstract(method.getModifiers())) {
        missing.add(method.getName());
      }
      boolean isFinal = Modifier.isFinal(method.getModifiers());
      if (isNamed && isFinal && method.getDeclaringClass() != Object.class) {
        throw new MetaFFIException(
            "no class can override " + method.getName() + " of " + superclass.getTypeName()
                + ": it is final");
      }
    }
    if (!missing.isEmpty()) {
      throw new MetaFFIException(
          "a class that derives from " + superclass.getTypeName() + " lacks "
              + String.join(", ", missing));
    }
  }

  private static void addDeclared(Class<?> type, Map<List<Object>, Method> bySignature) {
    for (Method method : type.getDeclaredMethods()) {
      if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
        bySignature.putIfAbsent(signature(method), method);
      }
    }
  }

  private static List<Object> signature(Method method) {
    List<Object> signature = new ArrayList<>(Arrays.asList(method.getParameterTypes()));
    signature.add(method.getName());
    return signature;
  }

  /** Stores the handler before the superclass's constructor runs, which may call methods. */
  private void addConstructor(Constructor<?> constructor) {
    Class<?>[] parameters = constructor.getParameterTypes();
    Class<?>[] all = new Class<?>[parameters.length + 1];
    all[0] = MetaFFIHandle.class;
    System.arraycopy(parameters, 0, all, 1, parameters.length);
    CodeWriter code = new CodeWriter(writer, all);
    String above = CodeWriter.internal(superclass);
    String handler = "(Ljava/lang/Class;" + OBJECT + ")" + HANDLER;
    code.loadThis()
        .getStatic(internalName, "metaffi$super", "Ljava/lang/Class;")
        .load(MetaFFIHandle.class, 1)
        .callStatic(API, "handler", handler)
        .putField(internalName, "metaffi$handler", HANDLER)
        .loadThis()
        .load(MetaFFIHandle.class, 1)
        .putField(internalName, "metaffi$object", OBJECT)
        .loadThis()
        .loadAll(parameters, 2)
        .callOwn(false, above, "<init>", CodeWriter.descriptor(void.class, parameters))
        .returnValue(void.class);
    writer.method(ClassWriter.PUBLIC, "<init>", CodeWriter.descriptor(void.class, all), code);
  }

  private void addMethod(Method method, int index) {
    Class<?>[] parameters = method.getParameterTypes();
    Class<?> result = method.getReturnType();
    String descriptor = CodeWriter.descriptor(result, parameters);
    CodeWriter code = new CodeWriter(writer, parameters);
    code.loadThis()
        .getField(internalName, "metaffi$handler", HANDLER)
        .loadThis()
        .getStatic(internalName, "metaffi$methods", METHODS)
        .number(index)
        .element()
        .arrayOf(parameters)
        .callStatic(API, "call", CALL)
        .returnObject(result);
    writer.method(ClassWriter.PUBLIC, method.getName(), descriptor, code);
    if (!Modifier.isAbstract(method.getModifiers())) {
      addSuper(method, parameters, descriptor);
    }
  }

  /** Adds the superclass's own method under another name. */
  private void addSuper(Method method, Class<?>[] parameters, String descriptor) {
    Class<?> direct =
        Arrays.stream(interfaces)
            .filter(each -> method.getDeclaringClass().isInterface())
            .filter(each -> method.getDeclaringClass().isAssignableFrom(each))
            .findFirst()
            .orElse(superclass);
    CodeWriter code = new CodeWriter(writer, parameters);
    code.loadThis()
        .loadAll(parameters, 1)
        .callOwn(
            direct.isInterface(), CodeWriter.internal(direct), method.getName(), descriptor)
        .returnValue(method.getReturnType());
    writer.method(ClassWriter.PUBLIC, "super$" + method.getName(), descriptor, code);
  }

  private ClassLoader parent() {
    Stream<Class<?>> all = Stream.concat(Stream.of(superclass), Arrays.stream(interfaces));
    return all.map(Class::getClassLoader)
        .filter(each -> each instanceof ModuleLoader)
        .findFirst()
        .orElse(Subclass.class.getClassLoader());
  }

  private Class<?> bound(Class<?> made, List<Method> methods) {
    try {
      made.getField("metaffi$methods").set(null, methods.toArray(new Method[0]));
      made.getField("metaffi$super").set(null, superclass);
      return made;
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new MetaFFIException(
          "no class can derive from " + superclass.getTypeName() + ": " + e.getMessage());
    }
  }
}
