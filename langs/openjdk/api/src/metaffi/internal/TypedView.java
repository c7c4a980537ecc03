package metaffi.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import metaffi.TypedCaller;

/**
 * The superclass of the classes that {@link TypedClass} makes: an object of an interface, some of
 * whose methods call a function of another language by their own types. All others are answered by
 * a handler, as those of a {@link Proxy} are.
 */
public abstract class TypedView {
  private static final Method EQUALS = ofObject("equals", Object.class);
  private static final Method HASH_CODE = ofObject("hashCode");
  private static final Method TO_STRING = ofObject("toString");

  /** What the typed methods call; null at the places of the others. */
  public final TypedCaller[] callers;

  /** What typed methods pass first; null where they pass nothing. */
  public final Object self;

  private final InvocationHandler handler;
  private final Method[] methods;

  /**
   * Called by the subclasses.
   *
   * @param methods the methods by their places
   * @param callers see above
   * @param self see above
   * @param handler answers the other methods
   */
  protected TypedView(
      Method[] methods, TypedCaller[] callers, Object self, InvocationHandler handler) {
    this.methods = methods;
    this.callers = callers;
    this.self = self;
    this.handler = handler;
  }

  /** The handler of a proxy, or of such an object; null of all else. */
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
   * @param place the method's
   * @param arguments in their boxes
   * @return the result, in its box
   * @throws Throwable what the handler throws
   */
  public static Object call(TypedView view, int place, Object[] arguments) throws Throwable {
    return view.handler.invoke(view, view.methods[place], arguments);
  }

  /**
   * Called by typed methods: a result as text.
   *
   * @param view the object
   * @param place the method's
   * @param result what came
   * @return the text, or null
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
      throw new IllegalStateException(e); // they declare no exceptions
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
