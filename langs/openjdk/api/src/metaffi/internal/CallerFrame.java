package metaffi.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The caller that a method sees which looks at its caller.
 *
 * <p>Each module's loader defines a copy of this class, so that such a method finds what the module
 * has. It refers to nothing but the JDK.
 */
public final class CallerFrame {
  private CallerFrame() {}

  /**
   * Calls a method. Its caller is this class, for reflection itself does not count.
   *
   * @param method a public method of a class that is exported
   * @param object what it is called on; null when it is static
   * @param arguments what it takes
   * @return its result; null when it has none
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
