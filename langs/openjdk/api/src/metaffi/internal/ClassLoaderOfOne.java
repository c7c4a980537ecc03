package metaffi.internal;

/** The loader of one class that is made when it is needed, which goes with it. */
final class ClassLoaderOfOne extends ClassLoader {
  ClassLoaderOfOne(ClassLoader parent) {
    super(parent);
  }

  Class<?> define(String name, byte[] code) {
    return defineClass(name, code, 0, code.length);
  }
}
