package metaffi.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import metaffi.Caller;
import metaffi.MetaFFIException;

/** Functions of other languages as objects of Java's functional interfaces. */
public final class Interfaces {
  private Interfaces() {}

  /**
   * The one abstract method of a functional interface (JLS 9.8).
   *
   * @param type an interface
   * @return the method
   * @throws IllegalArgumentException when it is no such interface
   */
  public static Method methodOf(Class<?> type) {
    Method found = null;
    for (Method method : type.isInterface() ? type.getMethods() : new Method[0]) {
      if (!Modifier.isAbstract(method.getModifiers()) || isOfObject(method)) {
        continue;
      }
      if (found != null && !isSame(found, method)) {
        throw notFunctional(type);
      }
      boolean isNarrower =
          found != null && found.getReturnType().isAssignableFrom(method.getReturnType());
      found = found == null || isNarrower ? method : found;
    }
    if (found == null) {
      throw notFunctional(type);
    }
    return found;
  }

  private static boolean isSame(Method a, Method b) {
    return a.getName().equals(b.getName())
        && Arrays.equals(a.getParameterTypes(), b.getParameterTypes());
  }

  private static IllegalArgumentException notFunctional(Class<?> type) {
    return new IllegalArgumentException(
        type.getTypeName() + " is no functional interface: it has not one abstract method");
  }

  private static boolean isOfObject(Method method) {
    try {
      Object.class.getMethod(method.getName(), method.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /**
   * An object of a functional interface whose method calls a function.
   *
   * @param <T> the interface
   * @param type the interface
   * @param caller the function
   * @return a proxy
   * @throws IllegalArgumentException when it is no functional interface
   */
  public static <T> T implement(Class<T> type, Caller caller) {
    Implementation handler = new Implementation(type, methodOf(type), caller);
    Class<?>[] interfaces = {type};
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), interfaces, handler));
  }

  /**
   * The function behind an object that {@link #implement} made.
   *
   * @param object any object
   * @return the function, or null when it is another object
   */
  public static Caller callerOf(Object object) {
    if (object == null || !Proxy.isProxyClass(object.getClass())) {
      return null;
    }
    InvocationHandler handler = Proxy.getInvocationHandler(object);
    return handler instanceof Implementation ? ((Implementation) handler).caller : null;
  }

  private static final class Implementation implements InvocationHandler {
    private static final Object[] NOTHING = {};

    private final Class<?> type;
    private final Class<?> result;
    private final String name;
    private final Caller caller;

    Implementation(Class<?> type, Method method, Caller caller) {
      this.type = type;
      this.name = method.getName();
      this.result = method.getReturnType();
      this.caller = caller;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      Object[] given = arguments == null ? NOTHING : arguments;
      if (method.getDeclaringClass() == Object.class) {
        return invokeOfObject(proxy, method, given);
      }
      if (method.isDefault()) {
        return defaultMethod(method).bindTo(proxy).invokeWithArguments(given);
      }
      return result(caller.call(given));
    }

    private Object invokeOfObject(Object proxy, Method method, Object[] arguments) {
      switch (method.getName()) {
        case "equals":
          return proxy == arguments[0];
        case "hashCode":
          return System.identityHashCode(proxy);
        default:
          return type.getTypeName() + " by " + caller;
      }
    }

    private static MethodHandle defaultMethod(Method method) throws ReflectiveOperationException {
      Class<?> owner = method.getDeclaringClass();
      MethodType signature =
          MethodType.methodType(method.getReturnType(), method.getParameterTypes());
      return MethodHandles.lookup().findSpecial(owner, method.getName(), signature, owner);
    }

    private Object result(Object[] results) {
      if (result == void.class) {
        return null;
      }
      Object value = results == null ? null : single(results);
      try {
        return Results.as(result, value);
      } catch (Arguments.Refused refused) {
        throw new MetaFFIException(
            "the result of " + type.getTypeName() + "." + name + ": " + refused.getMessage());
      }
    }

    private Object single(Object[] results) {
      return results.length == 1 ? results[0] : results;
    }
  }
}
