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

/** A functional interface, with the plans for calls of its methods in either direction. */
public final class Interface {
  private static final ClassValue<Interface> KNOWN =
      new ClassValue<>() {
        @Override
        protected Interface computeValue(Class<?> type) {
          return describe(type);
        }
      };

  /** What the objects of a class are passed as; null where that is nothing, or not clear. */
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

  /** Volatile for the sake of the native plan in it, which is no memory of Java's. */
  private volatile Action latest = new Action(null, Action.IDENTITY, 0);

  private volatile long functionPlan;

  /** What the method returns: where a parameter says so, what its type variable stands for. */
  private final Class<?> returns;

  /** What is known of the elements of what it returns, see {@link ElementTypes}; may be null. */
  private final Object[] elements;

  Interface(Class<?> type, Method method, Class<?> returns, Object[] elements) {
    this.type = type;
    this.method = method;
    this.returns = returns;
    this.elements = elements;
    proxied = new Class<?>[] {type};
  }

  /**
   * What is known of a functional interface.
   *
   * @param type any class
   * @return null when it has not exactly one abstract method
   */
  public static Interface of(Class<?> type) {
    return type.isInterface() ? KNOWN.get(type) : null;
  }

  /**
   * The same for a parameter, which may say what type variables stand for.
   *
   * @param member a method or constructor
   * @param index one of its parameters, whose class is a functional interface
   * @return what is known; null when that is no more than for the class
   */
  public static Interface ofParameter(Executable member, int index) {
    Type[] types = member.getGenericParameterTypes();
    // Where the compiler added parameters, the lists differ.
    if (types.length != member.getParameterCount() || !(types[index] instanceof ParameterizedType)) {
      return null;
    }
    Interface general = of(member.getParameterTypes()[index]);
    return general == null ? null : general.where(TypeVariables.of(types[index]));
  }

  /** The same where type variables are known; null when that says no more. */
  private Interface where(TypeVariables variables) {
    Type generic = method.getGenericReturnType();
    Class<?> result = variables.classOf(generic);
    Object[] inner = ElementTypes.of(generic, variables);
    boolean saysMore = result != null && result != returns || !Arrays.deepEquals(inner, elements);
    return saysMore ? new Interface(type, method, result == null ? returns : result, inner) : null;
  }

  /**
   * An object of a functional interface whose method calls a native function.
   *
   * @param <T> the interface
   * @param type the interface
   * @param typed what calls the function by the types of a method; null where values have to be
   *     converted
   * @param lend gives the function as a {@code metaffi_callable}, with a reference
   * @return the object
   * @throws IllegalArgumentException when it is not a functional interface
   */
  public static <T> T implement(
      Class<T> type, Function<Method, TypedCaller> typed, LongSupplier lend) {
    Interface known = of(type);
    if (known == null) {
      throw new IllegalArgumentException(
          type.getTypeName() + " is not a functional interface: it must have one abstract method");
    }
    ForeignFunction function = new ForeignFunction(known, lend.getAsLong());
    return type.cast(function.proxy(typed.apply(known.method)));
  }

  /** An object whose method is typed, and whose other methods a handler answers; may be null. */
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
   * The same with what {@link #of} returned.
   *
   * @param type the interface
   * @param callable as above
   * @return the object
   */
  public static Object bind(Interface type, long callable) {
    return new ForeignFunction(type, callable).proxy();
  }

  /** The functional interface that an object implements; null when that is none, or several. */
  static Interface ofObject(Object object) {
    return ofClass(object.getClass());
  }

  /** The same for a class. */
  static Interface ofClass(Class<?> of) {
    return IMPLEMENTED.get(of);
  }

  /** Whether a parameter of this type takes a function: a functional interface, and no other. */
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

  /** The JDK has interfaces of values with one method, such as {@code Comparable}. */
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
      boolean saysMore =
          found == null || found.getReturnType().isAssignableFrom(method.getReturnType());
      found = saysMore ? method : found;
    }
    if (found == null) {
      return null;
    }
    Object[] elements = ElementTypes.of(found.getGenericReturnType(), TypeVariables.of(type));
    return new Interface(type, found, found.getReturnType(), elements);
  }

  /** What every object has anyway does not count (JLS 9.8). */
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

  /** What a proxy does when this method of it is called. */
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
    latest = known; // not read again: it may be another thread's by now
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
    boolean saysMore = method.getReturnType().isAssignableFrom(returns);
    Class<?> result = saysMore ? returns : method.getReturnType();
    TypeVariables variables = TypeVariables.of(type);
    long plan =
        Functions.planProxied(Members.describe(method, result, variables, elements));
    return new Action(method, Action.CALL, plan, Scalars.typesOf(method));
  }

  /** The plan for calls of an object of this interface from outside; made once, and never freed. */
  long functionPlan() {
    if (functionPlan == 0) {
      functionPlan = Functions.planFunction(Members.describe(method), true);
    }
    return functionPlan;
  }

  /** What becomes of a call of a proxy. */
  static final class Action {
    /** Call the function. */
    static final int CALL = 0;

    /** Run the interface's own code. */
    static final int DEFAULT = 1;

    /** {@code equals}, {@code hashCode} or {@code toString}. */
    static final int IDENTITY = 2;

    final Method method;
    final int kind;

    /** A native plan, which lives as long as the process. */
    final long plan;

    /** The types of the parameters and of the result; null when not all are primitive. */
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
