package metaffi.internal;

/** What the plugin does with threads: those that it attached itself, and the main thread. */
public final class Threads {
  private Threads() {}

  /**
   * Sets the context class loader, so that libraries that look up services through the thread find
   * those of a module. A loader set by the program itself is kept.
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
   * Returns the name of this thread.
   *
   * @return its name
   */
  public static String name() {
    return Thread.currentThread().getName();
  }

  /** The thread on which the program around the JVM started, once it is attached. */
  private static volatile Thread main;

  /** Declares this thread the main thread. */
  public static void registerMain() {
    main = Thread.currentThread();
  }

  /**
   * Interrupts the main thread if it is running Java code now: not between calls, and not in a
   * function of another language that Java called.
   *
   * @return 1 if it was interrupted, else 0
   */
  public static int interruptMain() {
    Thread thread = main;
    StackTraceElement[] stack = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
    if (stack.length == 0 || isOurNative(stack[0])) {
      return 0;
    }
    thread.interrupt();
    return 1;
  }

  /** Whether a frame is a native method through which Java calls other languages. */
  private static boolean isOurNative(StackTraceElement top) {
    return top.isNativeMethod() && top.getClassName().startsWith("metaffi.");
  }

  /** Clears an interrupt that came too late, so that it does not hit the next call. */
  public static void forgetInterrupt() {
    Thread.interrupted();
  }
}
