package metaffi.internal;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import metaffi.MetaFFIException;

/**
 * An object of another language behind one of an interface: its methods are those of their names.
 *
 * <p>Default methods run unless the object has one of that name, as do {@code equals}, {@code
 * hashCode} and {@code toString}; without its own, two are equal when they stand for the same object
 * through the same interface. The object is given back once this one is unreachable.
 */
public final class ForeignObject implements InvocationHandler {
  /** The methods that an error names. */
  private static final int SHOWN = 8;

  /** The methods that can be called, those first that have to be there. */
  private static final ClassValue<Method[]> METHODS =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          return Arrays.stream(type.getMethods())
              .filter(method -> !Modifier.isStatic(method.getModifiers()))
              .filter(method -> !Interface.isOfObject(method))
              .sorted(Comparator.comparing(method -> !isAbstract(method)))
              .toArray(Method[]::new);
        }
      };

  private static final ClassValue<Plans> PLANS =
      new ClassValue<>() {
        @Override
        protected Plans computeValue(Class<?> type) {
          return new Plans(type);
        }
      };

  /** That the object has no such method. */
  private static final Bound ABSENT = new Bound(null, 0);

  private final Class<?> type;
  private final NativeReference object;
  private final Plans plans;
  private final Map<Method, Bound> methods = new ConcurrentHashMap<>();

  private ForeignObject(Class<?> type, long object, Plans plans) {
    this.type = type;
    this.object = NativeReference.of(object, this);
    this.plans = plans;
  }

  /** What stands for a class of ours: a stub class of another language. */
  interface Named {
    /** The name of the class, as {@link Class#getName} has it. */
    String metaffiClass();
  }

  /**
   * An object of an interface that stands for a foreign one, or the class that it stands for.
   *
   * @param type any class
   * @param object a {@code metaffi_object}, one reference of which is taken over
   * @return null when it is no interface, or the object has none of its methods
   */
  public static Object implement(Class<?> type, long object) {
    if (type == Class.class) {
      Named named = (Named) implement(Named.class, object);
      return named == null ? null : classNamed(named.metaffiClass());
    }
    Plans plans = PLANS.get(type);
    Object known = plans.known(object);
    if (known != null || !type.isInterface()) {
      Functions.release(object);
      return known;
    }
    ForeignObject foreign = new ForeignObject(type, object, plans);
    return foreign.hasMethods() ? plans.remember(foreign.proxy()) : null;
  }

  /**
   * What calls the methods of a foreign object for those of a class that derives from one of ours.
   *
   * @param type the superclass
   * @param object as above
   * @return what calls them
   */
  public static InvocationHandler handler(Class<?> type, long object) {
    return new ForeignObject(type, object, PLANS.get(type));
  }

  /** A class of the module that this thread calls. */
  private static Class<?> classNamed(String name) {
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new MetaFFIException("there is no class " + name);
    }
  }

  private Object proxy() {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
  }

  /**
   * Whether all methods are there that have to be; where none has to, some will do.
   *
   * @throws MetaFFIException when some are there and others are not; but many objects that are no
   *     collection have a {@code clear}
   */
  private boolean hasMethods() {
    Method[] all = METHODS.get(type);
    Predicate<Method> isThere = method -> method(method) != ABSENT;
    Method[] missing =
        Arrays.stream(all)
            .filter(ForeignObject::isAbstract)
            .filter(isThere.negate())
            .toArray(Method[]::new);
    if (missing.length == 0) {
      return Arrays.stream(all).anyMatch(isThere);
    }
    if (Collected.kind(type) == 0 && Arrays.stream(all).anyMatch(isThere)) {
      throw new MetaFFIException(
          "expected " + type.getTypeName() + ", got an object of another runtime that lacks "
              + signatures(missing));
    }
    return false;
  }

  private static String signatures(Method[] methods) {
    return Arrays.stream(methods)
        .map(method -> Members.signature(method, method.getReturnType()))
        .distinct()
        .limit(SHOWN)
        .collect(Collectors.joining(", "));
  }

  /**
   * The names of the methods that an interface wants, for errors.
   *
   * @param type any class
   * @return null when it wants none
   */
  public static String wanted(Class<?> type) {
    Method[] all = type.isInterface() ? METHODS.get(type) : new Method[0];
    String[] names =
        Arrays.stream(all).map(Method::getName).distinct().limit(SHOWN).toArray(String[]::new);
    return names.length == 0 ? null : String.join(", ", names);
  }

  /**
   * A reference to the foreign object behind one of an interface, for the caller to release.
   *
   * @param object any object
   * @return 0 when it is no such object
   */
  public static long lend(Object object) {
    ForeignObject foreign = of(object);
    return foreign == null ? 0 : foreign.object.lend();
  }

  /** What is behind an object; null when it is no such object. */
  static ForeignObject of(Object object) {
    InvocationHandler handler = TypedView.handlerOf(object);
    return handler instanceof ForeignObject ? (ForeignObject) handler : null;
  }

  private static boolean isAbstract(Method method) {
    return Modifier.isAbstract(method.getModifiers());
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    Bound bound = method(method);
    if (bound != ABSENT) {
      return bound.call(arguments);
    }
    if (method.getDeclaringClass() == Object.class) {
      return identity(method.getName(), arguments);
    }
    if (isAbstract(method)) {
      throw new MetaFFIException(
          "the object that implements " + type.getTypeName() + " has no method " + method.getName());
    }
    return DefaultMethods.call(method, proxy, arguments);
  }

  /**
   * Whether the object has a method of that name that takes as many arguments: it may have one of
   * several overloads.
   *
   * @param method any method
   * @return false where the method of the class above is meant
   */
  public boolean has(Method method) {
    Bound bound = method(method);
    return bound != ABSENT && bound.takes(method.getParameterCount());
  }

  /** The object's method of that name, or {@link #ABSENT}. */
  private Bound method(Method method) {
    Bound known = methods.get(method);
    if (known != null) {
      return known;
    }
    long callable = ask(method.getName());
    Bound bound =
        callable == 0
            ? ABSENT
            : new Bound(NativeReference.of(callable, this), plans.ofMethod(method));
    methods.put(method, bound);
    return bound;
  }

  private long ask(String name) {
    long asked = object.enter();
    try {
      return Functions.method(asked, name);
    } finally {
      object.leave();
    }
  }

  private Object identity(String method, Object[] arguments) {
    switch (method) {
      case "equals":
        return isSame(of(arguments[0]));
      case "hashCode":
        return Long.hashCode(identity()) * 31 + type.hashCode();
      default:
        return type.getTypeName() + "(object 0x" + Long.toHexString(identity()) + ")";
    }
  }

  private boolean isSame(ForeignObject other) {
    return other != null && other.type == type && other.is(identity(), owner());
  }

  private boolean is(long identity, long owner) {
    return identity() == identity && owner() == owner;
  }

  private long identity() {
    long identity = object.identity();
    Reference.reachabilityFence(this);
    return identity;
  }

  private long owner() {
    long owner = object.owner();
    Reference.reachabilityFence(this);
    return owner;
  }

  /** A method of the foreign object, as the interface calls it. */
  private static final class Bound {
    private final NativeReference function;
    private final long plan;

    Bound(NativeReference function, long plan) {
      this.function = function;
      this.plan = plan;
    }

    boolean takes(int count) {
      long callable = function.enter();
      try {
        return Functions.takes(callable, count);
      } finally {
        function.leave();
      }
    }

    Object call(Object[] arguments) {
      long callable = function.enter();
      try {
        return Functions.call(callable, plan, arguments);
      } finally {
        function.leave();
      }
    }
  }

  /**
   * The plans for calls of the methods of an interface, made once and never freed; and the object
   * that came for it last, for as long as Java uses it.
   */
  private static final class Plans {
    private final TypeVariables variables;
    private volatile WeakReference<Object> latest = new WeakReference<>(null);
    private final Map<Method, Long> ofMethods = new ConcurrentHashMap<>();

    Plans(Class<?> type) {
      variables = TypeVariables.of(type);
    }

    /** The latest proxy if it stands for this foreign object, else null. */
    Object known(long object) {
      Object proxy = latest.get();
      ForeignObject foreign = proxy == null ? null : of(proxy);
      boolean isSame =
          foreign != null && foreign.is(Functions.identity(object), Functions.owner(object));
      return isSame ? proxy : null;
    }

    Object remember(Object proxy) {
      latest = new WeakReference<>(proxy);
      return proxy;
    }

    long ofMethod(Method method) {
      return ofMethods.computeIfAbsent(method, this::make);
    }

    private long make(Method method) {
      Class<?> declared = method.getReturnType();
      Class<?> known = variables.classOf(method.getGenericReturnType());
      boolean saysMore = known != null && declared.isAssignableFrom(known);
      Class<?> result = saysMore ? known : declared;
      return Functions.planProxied(Members.describe(method, result, variables, null));
    }
  }
}
