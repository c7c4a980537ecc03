package metaffi;

import metaffi.internal.JavaFunction;

/** A Java function that other languages can call. */
final class JavaCallee implements Callee {
  private volatile JavaFunction function;

  JavaCallee(JavaFunction function) {
    this.function = function;
  }

  @Override
  public Object[] call(Object[] arguments) {
    return open().call(arguments);
  }

  @Override
  public long newReference() {
    return open().newReference();
  }

  private JavaFunction open() {
    JavaFunction open = function;
    if (open == null) {
      throw new MetaFFIException("the function is closed: make a new one");
    }
    return open;
  }

  /** Only this object: other holders of the function keep it. */
  @Override
  public void close() {
    function = null;
  }

  @Override
  public String toString() {
    JavaFunction open = function;
    return open == null ? "a closed function" : open.toString();
  }
}
