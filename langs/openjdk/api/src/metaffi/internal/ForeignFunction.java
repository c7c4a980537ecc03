package metaffi.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import metaffi.TypedCaller;

/**
 * The handler of a functional interface's object that calls a native function.
 *
 * <p>Two such objects are equal if they call the same function through the same interface. The
 * function is released when the object becomes unreachable.
 */
final class ForeignFunction implements InvocationHandler {
  private final Interface type;
  private final NativeReference reference;

  /** Takes ownership of one reference to a {@code metaffi_callable}. */
  ForeignFunction(Interface type, long callable) {
    this.type = type;
    reference = NativeReference.of(callable, this);
  }

  /** The object; {@code typed} makes typed calls of the function, if it can be typed. */
  Object proxy(TypedCaller typed) {
    Object view = typed == null ? null : type.view(typed, this);
    return view == null ? proxy() : view;
  }

  /** The object. */
  Object proxy() {
    return Proxy.newProxyInstance(type.type.getClassLoader(), type.proxied, this);
  }

  /** The handler of such an object; null for any other object. */
  static ForeignFunction of(Object object) {
    InvocationHandler handler = TypedView.handlerOf(object);
    return handler instanceof ForeignFunction ? (ForeignFunction) handler : null;
  }

  /** A new reference to the {@code metaffi_callable}, which the caller releases. */
  long newReference() {
    return reference.newReference();
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    Interface.Action action = type.action(method);
    if (action.kind == Interface.Action.CALL) {
      // Nothing releases it while this is reachable, so the call need not be counted.
      long callable = reference.object();
      try {
        return action.bits == null
            ? Functions.call(callable, action.plan, arguments)
            : callBits(callable, action, arguments);
      } finally {
        java.lang.ref.Reference.reachabilityFence(this);
      }
    }
    return action.kind == Interface.Action.DEFAULT
        ? Functions.callDefault(action.plan, proxy, arguments)
        : identity(method.getName(), arguments);
  }

  /** Calls between primitives pass no objects. */
  private static Object callBits(long callable, Interface.Action action, Object[] arguments) {
    int count = action.bits.length - 1;
    long result =
        Functions.callBits(
            callable,
            action.plan,
            count > 0 ? Scalars.bits(action.bits[0], arguments[0]) : 0,
            count > 1 ? Scalars.bits(action.bits[1], arguments[1]) : 0,
            count > 2 ? Scalars.bits(action.bits[2], arguments[2]) : 0);
    return action.bits[count] == Types.NULL ? null : Scalars.box(action.bits[count], result);
  }

  private Object identity(String method, Object[] arguments) {
    switch (method) {
      case "equals":
        return isSame(of(arguments[0]));
      case "hashCode":
        return Long.hashCode(identity()) * 31 + type.type.hashCode();
      default:
        return type.type.getTypeName() + "(function 0x" + Long.toHexString(identity()) + ")";
    }
  }

  private boolean isSame(ForeignFunction other) {
    return other != null
        && other.type.type == type.type
        && other.identity() == identity()
        && other.owner() == owner();
  }

  private long identity() {
    long identity = reference.identity();
    java.lang.ref.Reference.reachabilityFence(this);
    return identity;
  }

  private long owner() {
    long owner = reference.owner();
    java.lang.ref.Reference.reachabilityFence(this);
    return owner;
  }
}
