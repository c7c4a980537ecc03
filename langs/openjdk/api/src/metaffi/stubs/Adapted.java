package metaffi.stubs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import metaffi.MetaFFIException;
import metaffi.internal.DefaultMethods;
import metaffi.internal.Spread;
import metaffi.internal.TypedView;

/**
 * Implements an interface of a Java guest by an object of the program.
 *
 * <p>Default methods run unless the object's class overrides them.
 */
final class Adapted implements InvocationHandler {
  final Object object;

  private Adapted(Object object) {
    this.object = object;
  }

  static Object of(Class<?> type, Object object) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new Adapted(object));
  }

  /** The handler of such an object; null for any other object. */
  static Adapted behind(Object value) {
    InvocationHandler handler = TypedView.handlerOf(value);
    return handler instanceof Adapted ? (Adapted) handler : null;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(method.getName(), arguments);
    }
    Spread own = Implementation.method(object, method.getName());
    if (own == null) {
      if (method.isDefault()) {
        return DefaultMethods.call(method, proxy, arguments);
      }
      throw new MetaFFIException(
          "a " + object.getClass().getTypeName() + " has no method " + method.getName());
    }
    try {
      return returned(own.apply(arguments == null ? new Object[0] : arguments), method);
    } catch (GuestException e) {
      // The original exception of a Java guest, if this is one.
      throw e.metaffiTarget() instanceof Throwable ? (Throwable) e.metaffiTarget() : e;
    }
  }

  /** Converts an array of objects to the array class that the guest declares. */
  private static Object returned(Object value, Method method) {
    Class<?> type = method.getReturnType();
    if (value instanceof Object[] && type.isArray() && !type.isInstance(value)) {
      Object[] all = (Object[]) value;
      return Arrays.copyOf(all, all.length, type.asSubclass(Object[].class));
    }
    return value;
  }

  private Object ofObject(String method, Object[] arguments) {
    switch (method) {
      case "equals":
        return object.equals(Implementation.original(arguments[0]));
      case "hashCode":
        return object.hashCode();
      default:
        return object.toString();
    }
  }
}
