package metaffi;

import metaffi.internal.JavaFunction;

/** A function of Java's own, which other languages can call. */
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
  public long lend() {
    return open().lend();
  }

  private JavaFunction open() {
    JavaFunction open = function;
    if (open == null) {
      throw new MetaFFIException("the function was closed; make another, or close it later");
    }
    return open;
  }

  /** Others that hold the function keep it. */
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
