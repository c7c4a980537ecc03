package metaffi.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The caller seen by methods that look at their caller.
 *
 * <p>Each module's loader defines a copy of this class, so that these methods find the module's
 * classes. It refers only to the JDK.
 * has. It refers to nothing but the JDK.
 */
public final class CallerFrame {
  private CallerFrame() {}

  /**
   * Calls a method. The method's caller is this class, because reflection frames do not count.
   *
   * @param method a public method of an exported class
   * @param object the object to call it on; null for a static method
   * @param arguments the arguments
   * @return the result; null for void
   * @throws Throwable what it throws
   */
  public static Object call(Method method, Object object, Object[] arguments) throws Throwable {
    try {
      return method.invoke(object, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
