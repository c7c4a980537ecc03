package metaffi.internal;

/** The loader of a single generated class, unloaded together with it. */
final class SingleClassLoader extends ClassLoader {
  SingleClassLoader(ClassLoader parent) {
    super(parent);
  }

  Class<?> define(String name, byte[] code) {
    return defineClass(name, code, 0, code.length);
  }
}
