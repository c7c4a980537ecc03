package metaffi;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import metaffi.internal.ForeignObject;
import metaffi.internal.Subclass;

/** Defines Java classes whose methods are implemented by an object of another language. */
public final class Derived {
  private Derived() {}

  /**
   * Makes a class. Each of its constructors takes the foreign object as its first argument, before
   * the arguments of the superclass's constructor, and stores it in the field {@code
   * metaffi$object}. The methods with the given names call the foreign object; {@code super$name}
   * calls the superclass's method.
   *
   * @param superclass a public class that is not final, or {@code Object}
   * @param interfaces the interfaces that it also implements; may be empty
   * @param names the methods that the foreign object implements
   * @param name the name of the new class
   * @return the class
   * @throws MetaFFIException if the class cannot be defined, or a method is missing
   */
  public static Class<?> define(
      Class<?> superclass, Class<?>[] interfaces, String[] names, String name) {
    return new Subclass(superclass, interfaces, names, name).define();
  }

  /**
   * Called by the constructors of these classes: returns the handler that calls the object's
   * methods.
   *
   * @param type the superclass
   * @param object the foreign object
   * @return the handler for the methods
   */
  public static InvocationHandler handler(Class<?> type, MetaFFIHandle object) {
    return ForeignObject.handler(type, object.newObjectReference());
  }

  /**
   * Called by the methods of these classes.
   * @param handler the handler that the constructor made
   * @param self the instance of the generated class
   * @param method the method that was called
   * @param method which method
   * @param arguments its arguments
   * @return its result, boxed
   * @throws Throwable what the object's method throws
   */
  public static Object call(
      InvocationHandler handler, Object self, Method method, Object[] arguments) throws Throwable {
    boolean isOwn = ((ForeignObject) handler).has(method);
    return isOwn ? handler.invoke(self, method, arguments) : above(self, method, arguments);
  }

  /** Calls the superclass's method. */
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
