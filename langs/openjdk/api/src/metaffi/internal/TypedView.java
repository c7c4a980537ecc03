package metaffi.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import metaffi.TypedCaller;

/**
 * The superclass of the classes that {@link TypedClass} generates: an object of an interface, some
 * of whose methods make typed calls of a function of another language. All others go to a handler,
 * as those of a {@link Proxy} do.
 */
public abstract class TypedView {
  private static final Method EQUALS = ofObject("equals", Object.class);
  private static final Method HASH_CODE = ofObject("hashCode");
  private static final Method TO_STRING = ofObject("toString");

  /** The callers of typed methods; null at the indices of the others. */
  public final TypedCaller[] callers;

  /** The first argument of typed methods; null if there is none. */
  public final Object self;

  private final InvocationHandler handler;
  private final Method[] methods;

  /**
   * Called by the subclasses.
   *
   * @param methods the methods by their indices
   * @param callers the typed callers by the same indices
   * @param self the first argument of typed methods, or null
   * @param handler handles the other methods
   */
  protected TypedView(
      Method[] methods, TypedCaller[] callers, Object self, InvocationHandler handler) {
    this.methods = methods;
    this.callers = callers;
    this.self = self;
    this.handler = handler;
  }

  /** Returns the handler of a proxy, or of such an object; null for any other object. */
  public static InvocationHandler handlerOf(Object object) {
    if (object instanceof TypedView) {
      return ((TypedView) object).handler;
    }
    return object instanceof Proxy ? Proxy.getInvocationHandler(object) : null;
  }

  /**
   * Called by the methods that are not typed.
   *
   * @param view the object
   * @param place the method's index
   * @param arguments the boxed arguments
   * @return the result, boxed
   * @throws Throwable what the handler throws
   */
  public static Object call(TypedView view, int place, Object[] arguments) throws Throwable {
    return view.handler.invoke(view, view.methods[place], arguments);
  }

  /**
   * Called by typed methods: converts a result to a string.
   *
   * @param view the object
   * @param place the method's index
   * @param result the result
   * @return the string, or null
   */
  public static String text(TypedView view, int place, Object result) {
    return result == null || result instanceof String
        ? (String) result
        : view.callers[place].textOf(result);
  }

  @Override
  public final boolean equals(Object other) {
    return other == this || (boolean) ofObject(EQUALS, other);
  }

  @Override
  public final int hashCode() {
    return (int) ofObject(HASH_CODE);
  }

  @Override
  public final String toString() {
    return (String) ofObject(TO_STRING);
  }

  private Object ofObject(Method method, Object... arguments) {
    try {
      return handler.invoke(this, method, arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // methods of Object declare no exceptions
    }
  }

  private static Method ofObject(String name, Class<?>... parameters) {
    try {
      return Object.class.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
