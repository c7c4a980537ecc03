package metaffi.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import metaffi.MetaFFIException;

/** A Java function that other languages can call: a lambda, or a method. */
public final class JavaFunction {
  /** Plans of methods that were passed by reflection, one for each method. */
  private static final Map<Method, Long> PLANS = new ConcurrentHashMap<>();

  /** The identity of the next function; negative, unlike any address. */
  private static final AtomicLong IDENTITIES = new AtomicLong(Long.MIN_VALUE);

  private final long identity = IDENTITIES.getAndIncrement();
  private final Object original;
  private final Object target;
  private final Method method;
  private final long plan;

  private JavaFunction(Object original, Object target, Method method, long plan) {
    this.original = original;
    this.target = target;
    this.method = method;
    this.plan = plan;
  }

  /**
   * Wraps a method, or an object of a functional interface.
   *
   * @param function a {@link Method} (if it is not static, its object is the first argument), or an
   *     object whose class implements one functional interface
   * @return the function
   * @throws MetaFFIException if it is neither
   */
  public static JavaFunction of(Object function) {
    return of(Objects.requireNonNull(function, "function"), null);
  }

  /**
   * The same with a preferred interface.
   *
   * @param function a method, or an object of a functional interface
   * @param declared the interface to prefer if the object implements several; may be null
   * @return the function
   * @throws MetaFFIException if it is neither
   */
  public static JavaFunction of(Object function, Class<?> declared) {
    if (function instanceof Method) {
      Method method = (Method) function;
      long plan = PLANS.computeIfAbsent(method, JavaFunction::plan);
      return new JavaFunction(method, null, method, plan);
    }
    Interface type = interfaceOf(function, declared);
    return new JavaFunction(function, function, type.method, type.functionPlan());
  }

  private static long plan(Method method) {
    return Functions.planFunction(Members.describe(method), false);
  }

  private static Interface interfaceOf(Object function, Class<?> declared) {
    Interface type = declared == null ? null : Interface.of(declared);
    if (type == null) {
      type = Interface.ofObject(function);
    }
    if (type == null) {
      throw new MetaFFIException(
          "a " + function.getClass().getTypeName()
              + " is not a function: it does not implement exactly one functional interface; pass a"
              + " lambda, or a java.lang.reflect.Method");
    }
    return type;
  }

  /**
   * Returns whether an object can be passed as a function.
   *
   * @param object any object
   * @return true for a method, and for an object of one functional interface
   */
  static boolean isFunction(Object object) {
    return object instanceof Method || object != null && Interface.ofObject(object) != null;
  }

  /**
   * Lowers a function to a native callable. A wrapper of a native function becomes that function.
   *
   * @param function a method, or an object of a functional interface
   * @param declared the interface to prefer; may be null
   * @return a {@code metaffi_callable}, with one reference for the caller
   */
  public static long lower(Object function, Class<?> declared) {
    ForeignFunction foreign = ForeignFunction.of(function);
    if (foreign != null) {
      return foreign.newReference();
    }
    if (function instanceof Method) {
      return of(function, declared).newReference();
    }
    long plan = interfaceOf(function, declared).functionPlan();
    return Functions.newReference(plan, function, function, Functions.OWN_IDENTITY);
  }

  /**
   * Returns the function as a native callable.
   *
   * @return a {@code metaffi_callable}, with one reference for the caller
   */
  public long newReference() {
    return Functions.newReference(plan, original, target, identity);
  }

  /** A method of an object as a native callable, with one reference for the caller. */
  static long newMethodReference(Object target, long plan) {
    return Functions.newReference(plan, null, target, IDENTITIES.getAndIncrement());
  }

  /** A native callable that calls members by a plan, with one reference for the caller. */
  static long newMemberReference(long plan) {
    return newMethodReference(null, plan);
  }

  /**
   * Calls the function from Java.
   *
   * @param arguments the arguments of the method
   * @return an array with its result; null for void
   */
  public Object[] call(Object[] arguments) {
    boolean takesObject = target == null && !Modifier.isStatic(method.getModifiers());
    int count = method.getParameterCount() + (takesObject ? 1 : 0);
    if (arguments.length != count) {
      throw new MetaFFIException(
          this + " takes " + count + " argument(s), got " + arguments.length);
    }
    Object object = takesObject ? arguments[0] : target;
    Object[] rest =
        takesObject ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    Object result = invoke(object, rest);
    return method.getReturnType() == void.class ? null : new Object[] {result};
  }

  private Object invoke(Object object, Object[] arguments) {
    try {
      method.trySetAccessible();
      return method.invoke(object, arguments);
    } catch (InvocationTargetException e) {
      throw JavaFunction.<RuntimeException>unchecked(e.getCause());
    } catch (IllegalAccessException | IllegalArgumentException | NullPointerException e) {
      throw new MetaFFIException(this + ": " + e.getMessage());
    }
  }

  /** Throws any exception unchanged, checked or not. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Override
  public String toString() {
    return "the function " + method.getDeclaringClass().getTypeName() + "." + method.getName();
  }
}
