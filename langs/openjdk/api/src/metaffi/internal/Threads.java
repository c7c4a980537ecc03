package metaffi.internal;

/** What the plugin does to threads that it attached itself. */
public final class Threads {
  private Threads() {}

  /**
   * Lets libraries that look for services through the thread find those of a module.
   *
   * @param loader the module's loader
   */
  public static void enterModule(ClassLoader loader) {
    Thread.currentThread().setContextClassLoader(loader);
  }
}
