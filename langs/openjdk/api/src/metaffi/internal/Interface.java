package metaffi.internal;

import java.lang.reflect.Executable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import metaffi.TypedCaller;

/** A functional interface, with the plans for calls of its method in either direction. */
public final class Interface {
  private static final ClassValue<Interface> KNOWN =
      new ClassValue<>() {
        @Override
        protected Interface computeValue(Class<?> type) {
          return describe(type);
        }
      };

  /** The functional interface of a class's objects; null if there is none, or it is not unique. */
  private static final ClassValue<Interface> IMPLEMENTED =
      new ClassValue<>() {
        @Override
        protected Interface computeValue(Class<?> of) {
          return implementedBy(of);
        }
      };

  final Class<?> type;
  final Class<?>[] proxied;

  /** The one abstract method. */
  final Method method;

  private final Map<Method, Action> actions = new ConcurrentHashMap<>();

  /** Volatile because of the native plan in it, which Java's memory model does not cover. */
  private volatile Action latest = new Action(null, Action.IDENTITY, 0);

  private volatile long functionPlan;

  /** The result type; more specific if a parameter's type arguments say so. */
  private final Class<?> returns;

  /** What is known about the elements of the result, see {@link ElementTypes}; may be null. */
  private final Object[] elements;

  Interface(Class<?> type, Method method, Class<?> returns, Object[] elements) {
    this.type = type;
    this.method = method;
    this.returns = returns;
    this.elements = elements;
    proxied = new Class<?>[] {type};
  }

  /**
   * Describes a functional interface.
   *
   * @param type any class
   * @return null if it does not have exactly one abstract method
   */
  public static Interface of(Class<?> type) {
    return type.isInterface() ? KNOWN.get(type) : null;
  }

  /**
   * Describes the functional interface of a parameter, whose type arguments may say more.
   *
   * @param member a method or constructor
   * @param index the index of a parameter whose class is a functional interface
   * @return the description; null if the type arguments say no more than the class
   */
  public static Interface ofParameter(Executable member, int index) {
    Type[] types = member.getGenericParameterTypes();
    // If the compiler added parameters, the lists differ.
    if (types.length != member.getParameterCount() || !(types[index] instanceof ParameterizedType)) {
      return null;
    }
    Interface general = of(member.getParameterTypes()[index]);
    return general == null ? null : general.where(TypeVariables.of(types[index]));
  }

  /** The same with known type variables; null if they say no more. */
  private Interface where(TypeVariables variables) {
    Type generic = method.getGenericReturnType();
    Class<?> result = variables.classOf(generic);
    Object[] inner = ElementTypes.of(generic, variables);
    boolean isNarrower = result != null && result != returns || !Arrays.deepEquals(inner, elements);
    return isNarrower
        ? new Interface(type, method, result == null ? returns : result, inner)
        : null;
  }

  /**
   * Makes an object of a functional interface whose method calls a native function.
   *
   * @param <T> the interface
   * @param type the interface
   * @param typed returns a typed caller of the function for a method; null if values have to be
   *     converted
   * @param newReference returns the function as a new reference to a {@code metaffi_callable}
   * @return the object
   * @throws IllegalArgumentException if it is not a functional interface
   */
  public static <T> T implement(
      Class<T> type, Function<Method, TypedCaller> typed, LongSupplier newReference) {
    Interface known = of(type);
    if (known == null) {
      throw new IllegalArgumentException(
          type.getTypeName() + " is not a functional interface: it must have one abstract method");
    }
    ForeignFunction function = new ForeignFunction(known, newReference.getAsLong());
    return type.cast(function.proxy(typed.apply(known.method)));
  }

  /** An object with a typed method whose other methods are handled by a handler; may be null. */
  Object view(TypedCaller typed, InvocationHandler handler) {
    List<Method> methods = new ArrayList<>(List.of(method));
    for (Method each : type.getMethods()) {
      if (Modifier.isAbstract(each.getModifiers()) && !isOfObject(each)) {
        methods.add(each);
      }
    }
    TypedCaller[] callers = {typed};
    return TypedClass.view(type, methods, callers, null, handler);
  }

  /**
   * The same for a description returned by {@link #of}.
   *
   * @param type the interface
   * @param callable a {@code metaffi_callable}, of which one reference is taken over
   * @return the object
   */
  public static Object bind(Interface type, long callable) {
    return new ForeignFunction(type, callable).proxy();
  }

  /** The functional interface that an object implements; null if there is none, or several. */
  static Interface ofObject(Object object) {
    return ofClass(object.getClass());
  }

  /** The functional interface that a class implements. */
  static Interface ofClass(Class<?> of) {
    return IMPLEMENTED.get(of);
  }

  /**
   * Whether a parameter of this type takes a function, that is, has a functional interface type.
   */
  static boolean isFunction(Class<?> type) {
    return of(type) != null && isMeantAsFunction(type);
  }

  private static Interface implementedBy(Class<?> of) {
    Interface found = null;
    for (Class<?> each = of; each != null; each = each.getSuperclass()) {
      for (Class<?> type : each.getInterfaces()) {
        Interface one = of(type);
        if (one == null || !isMeantAsFunction(type)) {
          continue;
        }
        if (found != null && found != one) {
          return null;
        }
        found = one;
      }
    }
    return found;
  }

  /** The JDK has single-method interfaces that are not functions, such as {@code Comparable}. */
  private static boolean isMeantAsFunction(Class<?> type) {
    return type.isAnnotationPresent(FunctionalInterface.class)
        || !type.getName().startsWith("java.");
  }

  private static Interface describe(Class<?> type) {
    Method found = null;
    for (Method method : type.getMethods()) {
      if (!Modifier.isAbstract(method.getModifiers()) || isOfObject(method)) {
        continue;
      }
      if (found != null && !isSameFunction(found, method)) {
        return null;
      }
      boolean isNarrower =
          found == null || found.getReturnType().isAssignableFrom(method.getReturnType());
      found = isNarrower ? method : found;
    }
    if (found == null) {
      return null;
    }
    Object[] elements = ElementTypes.of(found.getGenericReturnType(), TypeVariables.of(type));
    return new Interface(type, found, found.getReturnType(), elements);
  }

  /** Methods of {@code Object} do not count (JLS 9.8). */
  static boolean isOfObject(Method method) {
    try {
      Object.class.getMethod(method.getName(), method.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /** Whether one overrides the other, perhaps with narrower types. */
  private static boolean isSameFunction(Method a, Method b) {
    Class<?>[] as = a.getParameterTypes();
    Class<?>[] bs = b.getParameterTypes();
    if (!a.getName().equals(b.getName()) || as.length != bs.length) {
      return false;
    }
    boolean aIsWider = true;
    boolean bIsWider = true;
    for (int i = 0; i < as.length; i++) {
      aIsWider &= as[i].isAssignableFrom(bs[i]);
      bIsWider &= bs[i].isAssignableFrom(as[i]);
    }
    return Arrays.equals(as, bs) || aIsWider || bIsWider;
  }

  /** What a proxy does when one of its methods is called. */
  Action action(Method called) {
    // A proxy class passes the same object for a method each time.
    Action known = latest;
    if (known.method == called) {
      return known;
    }
    known = actions.computeIfAbsent(called, this::plan);
    if (known.method != called) {
      known = new Action(called, known.kind, known.plan, known.bits);
    }
    latest = known; // not read again: another thread may have replaced it
    return known;
  }

  private Action plan(Method method) {
    if (method.getDeclaringClass() == Object.class) {
      return new Action(method, Action.IDENTITY, 0);
    }
    if (!Modifier.isAbstract(method.getModifiers())) {
      return new Action(
          method, Action.DEFAULT, Functions.planDefault(Members.describe(method)));
    }
    boolean isNarrower = method.getReturnType().isAssignableFrom(returns);
    Class<?> result = isNarrower ? returns : method.getReturnType();
    TypeVariables variables = TypeVariables.of(type);
    long plan =
        Functions.planProxied(Members.describe(method, result, variables, elements));
    return new Action(method, Action.CALL, plan, Scalars.typesOf(method));
  }

  /**
   * The plan for calls of an object of this interface from other languages; made once, and never
   * freed.
   */
  long functionPlan() {
    if (functionPlan == 0) {
      functionPlan = Functions.planFunction(Members.describe(method), true);
    }
    return functionPlan;
  }

  /** What to do with a call of a proxy. */
  static final class Action {
    /** Calls the native function. */
    static final int CALL = 0;

    /** Calls the default method. */
    static final int DEFAULT = 1;

    /** {@code equals}, {@code hashCode} or {@code toString}. */
    static final int IDENTITY = 2;

    final Method method;
    final int kind;

    /** A native plan, which is never freed. */
    final long plan;

    /** The types of the parameters and of the result; null if not all are primitive. */
    final int[] bits;

    Action(Method method, int kind, long plan) {
      this(method, kind, plan, null);
    }

    Action(Method method, int kind, long plan, int[] bits) {
      this.method = method;
      this.kind = kind;
      this.plan = plan;
      this.bits = bits;
    }
  }
}
