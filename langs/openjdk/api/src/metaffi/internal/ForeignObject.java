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
 * Implements a Java interface by an object of another language, whose methods are matched by name.
 *
 * <p>Default methods run unless the object has a method of that name, and so do {@code equals},
 * {@code hashCode} and {@code toString}; without methods of its own, two are equal if they wrap the
 * same object as the same interface. The object is released when this one becomes unreachable.
 */
public final class ForeignObject implements InvocationHandler {
  /** The maximum number of methods that an error names. */
  private static final int SHOWN = 8;

  /** The methods that can be called, required ones first. */
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

  /** Stands for a method that the object does not have. */
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

  /** An object that represents a Java class: a stub class of another language. */
  interface Named {
    /** The name of the class, as {@link Class#getName} has it. */
    String metaffiClass();
  }

  /**
   * Implements an interface by a foreign object, or returns the class that the object represents.
   *
   * @param type any class
   * @param object a {@code metaffi_object}, of which one reference is taken over
   * @return the object; null if the type is not an interface, or the foreign object has none of its
   *     methods
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
   * Returns the handler for a generated subclass, whose methods call those of a foreign object.
   *
   * @param type the superclass
   * @param object a {@code metaffi_object}, of which one reference is taken over
   * @return the handler
   */
  public static InvocationHandler handler(Class<?> type, long object) {
    return new ForeignObject(type, object, PLANS.get(type));
  }

  /** A class of the module that this thread is calling. */
  private static Class<?> classNamed(String name) {
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new MetaFFIException("class " + name + " cannot be found");
    }
  }

  private Object proxy() {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
  }

  /**
   * Whether the object has all required methods; if none is required, any method is enough.
   *
   * @throws MetaFFIException if some are there and others are missing; not for collections, because
   *     many objects that are not collections have a {@code clear}
   */
  private boolean hasMethods() {
    Method[] all = METHODS.get(type);
    Predicate<Method> isPresent = method -> method(method) != ABSENT;
    Method[] missing =
        Arrays.stream(all)
            .filter(ForeignObject::isAbstract)
            .filter(isPresent.negate())
            .toArray(Method[]::new);
    if (missing.length == 0) {
      return Arrays.stream(all).anyMatch(isPresent);
    }
    if (Collected.kind(type) == 0 && Arrays.stream(all).anyMatch(isPresent)) {
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
   * Lists the names of the methods that an interface requires, for error messages.
   *
   * @param type any class
   * @return the names; null if it requires none
   */
  public static String requiredMethods(Class<?> type) {
    Method[] all = type.isInterface() ? METHODS.get(type) : new Method[0];
    String[] names =
        Arrays.stream(all).map(Method::getName).distinct().limit(SHOWN).toArray(String[]::new);
    return names.length == 0 ? null : String.join(", ", names);
  }

  /**
   * Returns a new reference to the foreign object behind an interface's object, for the caller to
   * release.
   *
   * @param object any object
   * @return 0 if there is no foreign object behind it
   */
  public static long newReference(Object object) {
    ForeignObject foreign = of(object);
    return foreign == null ? 0 : foreign.object.newReference();
  }

  /** The handler of such an object; null for any other object. */
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
   * Returns whether the object has a method of that name with as many parameters; it may have only
   * one of several overloads.
   *
   * @param method any method
   * @return false if the superclass's method must be called
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
    long callable = find(method.getName());
    Bound bound =
        callable == 0
            ? ABSENT
            : new Bound(NativeReference.of(callable, this), plans.ofMethod(method));
    methods.put(method, bound);
    return bound;
  }

  private long find(String name) {
    long raw = object.enter();
    try {
      return Functions.method(raw, name);
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

  /** A method of the foreign object, bound for calls from the interface. */
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
   * The plans for calls of an interface's methods, made once and never freed; and the last object
   * that was passed for it, as long as Java uses it.
   */
  private static final class Plans {
    private final TypeVariables variables;
    private volatile WeakReference<Object> latest = new WeakReference<>(null);
    private final Map<Method, Long> ofMethods = new ConcurrentHashMap<>();

    Plans(Class<?> type) {
      variables = TypeVariables.of(type);
    }

    /** The latest proxy if it wraps this foreign object, else null. */
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
      boolean isNarrower = known != null && declared.isAssignableFrom(known);
      Class<?> result = isNarrower ? known : declared;
      return Functions.planProxied(Members.describe(method, result, variables, null));
    }
  }
}
