package metaffi.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import metaffi.Caller;
import metaffi.TypedCaller;

/**
 * Generates a class that implements an interface, whose methods make typed calls of functions of
 * another language: no proxy, no boxes, no arrays. {@link TypedCaller#of} decides which methods can
 * be typed.
 */
public final class TypedClass {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String VIEW = CodeWriter.internal(TypedView.class);
  private static final String CALLER = CodeWriter.internal(TypedCaller.class);
  private static final String CALLERS = "[L" + CALLER + ";";
  private static final MethodType MADE =
      MethodType.methodType(
          void.class,
          Method[].class,
          TypedCaller[].class,
          Object.class,
          InvocationHandler.class);

  /** The classes made for an interface; empty if none can be made. */
  private static final ClassValue<Map<List<Object>, Optional<TypedClass>>> MADE_OF =
      new ClassValue<>() {
        @Override
        protected Map<List<Object>, Optional<TypedClass>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private final Class<?> type;
  private final Method[] methods;
  private final ClassWriter writer = new ClassWriter();
  private final Constructor<?> constructor;

  private TypedClass(Class<?> type, List<Method> methods, List<Boolean> typed, boolean isOfObject)
      throws ReflectiveOperationException {
    this.type = type;
    this.methods = methods.toArray(new Method[0]);
    addConstructor();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < methods.size(); i++) {
      Method method = methods.get(i);
      if (known.add(method.getName() + descriptor(method))) {
        CodeWriter code = new CodeWriter(writer, method.getParameterTypes());
        if (typed.get(i)) {
          callTyped(code, method, i, isOfObject);
        } else {
          callHandler(code, method, i);
        }
        writer.method(ClassWriter.PUBLIC, method.getName(), descriptor(method), code);
      }
    }
    constructor = define().getDeclaredConstructor(MADE.parameterArray());
  }

  /**
   * Makes an object of such a class; each class is made once.
   *
   * @param type the interface
   * @param methods the methods to implement; of those with the same types the first counts
   * @param callers the typed caller of each typed method, null for the others
   * @param self the first argument of typed methods; null if there is none
   * @param handler handles the methods that are not typed
   * @return the object; null if no such class can be made, and a proxy is needed: the interface is
   *     hidden, sealed, or its loader does not see MetaFFI
   */
  public static Object view(
      Class<?> type,
      List<Method> methods,
      TypedCaller[] callers,
      Object self,
      InvocationHandler handler) {
    List<Boolean> typed =
        IntStream.range(0, methods.size())
            .mapToObj(i -> i < callers.length && callers[i] != null)
            .collect(Collectors.toList());
    boolean isOfObject = self != null;
    Optional<TypedClass> made =
        MADE_OF
            .get(type)
            .computeIfAbsent(
                List.of(methods, typed, isOfObject), key -> of(type, methods, typed, isOfObject));
    return made.map(of -> of.make(callers, self, handler)).orElse(null);
  }

  private static Optional<TypedClass> of(
      Class<?> type, List<Method> methods, List<Boolean> typed, boolean isOfObject) {
    try {
      return Optional.of(new TypedClass(type, methods, typed, isOfObject));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }

  private Object make(TypedCaller[] callers, Object self, InvocationHandler handler) {
    try {
      return constructor.newInstance(methods, callers, self, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e); // the constructor is public, and throws nothing
    }
  }

  /**
   * Returns the types of a method that can be typed, parameters first. Such a method uses only
   * primitives, strings, functions as parameters, and {@code void}.
   *
   * @param method any method
   * @return null if it has other types, or variable arguments
   */
  public static int[] typesOf(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    int[] types = new int[parameters.length + 1];
    for (int i = 0; i <= parameters.length; i++) {
      types[i] = i < parameters.length ? typeOf(parameters[i]) : typeOfResult(method);
      if (types[i] == 0) {
        return null;
      }
    }
    return method.isVarArgs() ? null : types;
  }

  private static int typeOf(Class<?> type) {
    if (type == String.class) {
      return Types.STRING8;
    }
    if (type.isPrimitive()) {
      return Scalars.typeOf(type);
    }
    return type == Caller.class || Interface.isFunction(type) ? Types.CALLABLE : 0;
  }

  private static int typeOfResult(Method method) {
    int type = typeOf(method.getReturnType());
    return type == Types.CALLABLE ? 0 : type;
  }

  private void addConstructor() {
    CodeWriter code = new CodeWriter(writer, MADE.parameterArray());
    code.loadThis()
        .loadAll(MADE.parameterArray(), 1)
        .callOwn(false, VIEW, "<init>", MADE.toMethodDescriptorString())
        .returnValue(void.class);
    writer.method(ClassWriter.PUBLIC, "<init>", MADE.toMethodDescriptorString(), code);
  }

  private static void callHandler(CodeWriter code, Method method, int place) {
    code.loadThis()
        .number(place)
        .arrayOf(method.getParameterTypes())
        .callStatic(VIEW, "call", "(L" + VIEW + ";I[Ljava/lang/Object;)Ljava/lang/Object;")
        .returnObject(method.getReturnType());
  }

  private static void callTyped(CodeWriter code, Method method, int place, boolean isOfObject) {
    Class<?>[] parameters = method.getParameterTypes();
    Class<?> result = method.getReturnType();
    boolean returnsText = result == String.class;
    boolean takesObjects = !Arrays.stream(parameters).allMatch(Class::isPrimitive);
    if (returnsText) {
      code.loadThis().number(place);
    }
    code.loadThis().getField(VIEW, "callers", CALLERS).number(place).element();
    String name = returnsText ? "object" : "bits";
    StringBuilder descriptor = new StringBuilder("(");
    if (!takesObjects && !returnsText && !isOfObject) {
      putBits(code, parameters, false, descriptor);
    } else if (!takesObjects && isOfObject) {
      name += "On";
      code.loadThis().getField(VIEW, "self", "Ljava/lang/Object;");
      descriptor.append("Ljava/lang/Object;");
      putBits(code, parameters, true, descriptor);
    } else {
      name += "Of";
      putAll(code, parameters, isOfObject, descriptor);
    }
    descriptor.append(returnsText ? ")Ljava/lang/Object;" : ")J");
    code.callVirtual(CALLER, name, descriptor.toString());
    if (returnsText) {
      code.callStatic(VIEW, "text", "(L" + VIEW + ";ILjava/lang/Object;)Ljava/lang/String;");
    } else {
      code.fromBits(result);
    }
    code.returnValue(result);
  }

  /** Pushes the bits of each parameter, after its type word if {@code withTypes}. */
  private static void putBits(
      CodeWriter code, Class<?>[] parameters, boolean withTypes, StringBuilder descriptor) {
    int local = 1;
    for (Class<?> each : parameters) {
      if (withTypes) {
        code.number((long) typeOf(each));
      }
      code.load(each, local).toBits(each);
      descriptor.append(withTypes ? "JJ" : "J");
      local += CodeWriter.words(each);
    }
  }

  /** Pushes three values for each parameter: its type word, its bits, and its object. */
  private static void putAll(
      CodeWriter code, Class<?>[] parameters, boolean isOfObject, StringBuilder descriptor) {
    int count = parameters.length;
    if (isOfObject) {
      count++;
      code.loadThis().getField(VIEW, "self", "Ljava/lang/Object;");
      code.callStatic(CALLER, "handle", "(Ljava/lang/Object;)J").number(0L);
      code.loadThis().getField(VIEW, "self", "Ljava/lang/Object;");
    }
    int local = 1;
    for (Class<?> each : parameters) {
      if (each == String.class) {
        code.load(each, local).callStatic(CALLER, "text", "(Ljava/lang/String;)J").number(0L);
        code.load(each, local);
      } else if (!each.isPrimitive()) {
        code.load(each, local).callStatic(CALLER, "function", "(Ljava/lang/Object;)J").number(0L);
        code.load(each, local);
      } else {
        code.number((long) typeOf(each)).load(each, local).toBits(each).pushNull();
      }
      local += CodeWriter.words(each);
    }
    for (; count < TypedCaller.MOST_OBJECTS; count++) {
      code.number(0L).number(0L).pushNull();
    }
    descriptor.append("JJLjava/lang/Object;".repeat(TypedCaller.MOST_OBJECTS));
  }

  private static String descriptor(Method method) {
    return CodeWriter.descriptor(method.getReturnType(), method.getParameterTypes());
  }

  /** Defines the class next to the interface if that is not public, else in a loader of its own. */
  private Class<?> define() throws ReflectiveOperationException {
    boolean isPublic = Modifier.isPublic(type.getModifiers());
    String folder = isPublic ? "metaffi/typed/" : type.getPackageName().replace('.', '/') + "/";
    String name = type.getSimpleName() + "$typed" + COUNT.incrementAndGet();
    String internalName = folder.equals("/") ? name : folder + name;
    byte[] code = writer.toBytes(internalName, VIEW, List.of(CodeWriter.internal(type)));
    if (isPublic) {
      return new SingleClassLoader(parent()).define(internalName.replace('/', '.'), code);
    }
    checkSeesMetaffi(type.getClassLoader());
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup()).defineClass(code);
  }

  private ClassLoader parent() throws ClassNotFoundException {
    ClassLoader own = TypedClass.class.getClassLoader();
    if (Class.forName(type.getName(), false, own) == type) {
      return own;
    }
    checkSeesMetaffi(type.getClassLoader());
    return type.getClassLoader();
  }

  private static void checkSeesMetaffi(ClassLoader loader) throws ClassNotFoundException {
    if (Class.forName(TypedView.class.getName(), false, loader) != TypedView.class) {
      throw new ClassNotFoundException("its class loader sees another copy of MetaFFI");
    }
  }
}
