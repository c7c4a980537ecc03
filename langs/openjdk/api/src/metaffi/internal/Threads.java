package metaffi.internal;

/** What the plugin does to threads that it attached itself. */
public final class Threads {
  private Threads() {}

  /**
   * Lets libraries that look for services through the thread find those of a module. What a program
   * has set itself stays.
   *
   * @param loader the module's loader
   */
  public static void enterModule(ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader now = thread.getContextClassLoader();
    boolean isOurs =
        now == null || now instanceof ModuleLoader || now == ClassLoader.getSystemClassLoader();
    if (isOurs && now != loader) {
      thread.setContextClassLoader(loader);
    }
  }

  /**
   * What this thread is called.
   *
   * @return its name
   */
  public static String name() {
    return Thread.currentThread().getName();
  }
}
