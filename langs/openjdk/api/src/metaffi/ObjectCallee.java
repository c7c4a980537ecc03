package metaffi;

import metaffi.internal.JavaFunction;
import metaffi.stubs.AnyFunction;

/** An object that can be called, such as a class. */
final class ObjectCallee implements Callee {
  private final MetaFFIObject object;

  ObjectCallee(MetaFFIObject object) {
    this.object = object;
  }

  @Override
  public Object[] call(Object[] arguments) {
    return new Object[] {object.invoke(arguments).value()};
  }

  @Override
  public long newReference() {
    AnyFunction function = arguments -> call(arguments)[0];
    return JavaFunction.of(function).newReference();
  }

  @Override
  public void close() {
    object.release();
  }

  @Override
  public String toString() {
    return object.typeName();
  }
}
