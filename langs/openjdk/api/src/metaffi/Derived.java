package metaffi;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import metaffi.internal.ForeignObject;
import metaffi.internal.Subclass;

/** Classes that derive from those of Java, and whose methods are in another language. */
public final class Derived {
  private Derived() {}

  /**
   * Makes a class. Each of its constructors takes an object of the other language before what the
   * superclass's takes, and keeps it in the field {@code metaffi$object}. The methods of the given
   * names call that object's; as {@code super$name} it has those of the superclass.
   *
   * @param superclass a public class that is not final; or {@code Object}
   * @param interfaces what else it implements; may be empty
   * @param names the methods that the objects have
   * @param name what it is called
   * @return the class
   * @throws MetaFFIException when there can be no such class, or a method is missing
   */
  public static Class<?> define(
      Class<?> superclass, Class<?>[] interfaces, String[] names, String name) {
    return new Subclass(superclass, interfaces, names, name).define();
  }

  /**
   * Called by the constructors of such classes: what calls the object's methods.
   *
   * @param type the superclass
   * @param object the object
   * @return what the methods call
   */
  public static InvocationHandler handler(Class<?> type, MetaFFIHandle object) {
    return ForeignObject.handler(type, object.lendObject());
  }

  /**
   * Called by the methods of such classes.
   *
   * @param handler what the constructor made
   * @param self the object of such a class
   * @param method which method
   * @param arguments its arguments
   * @return its result, in a box
   * @throws Throwable what the object's method throws
   */
  public static Object call(
      InvocationHandler handler, Object self, Method method, Object[] arguments) throws Throwable {
    boolean isOwn = ((ForeignObject) handler).has(method);
    return isOwn ? handler.invoke(self, method, arguments) : above(self, method, arguments);
  }

  /** What the superclass does. */
  private static Object above(Object self, Method method, Object[] arguments) throws Throwable {
    try {
      return self.getClass()
          .getMethod("super$" + method.getName(), method.getParameterTypes())
          .invoke(self, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } catch (NoSuchMethodException e) {
      throw new MetaFFIException(
          "the object has no method " + method.getName() + " with "
              + method.getParameterCount() + " parameter(s)");
    }
  }
}
