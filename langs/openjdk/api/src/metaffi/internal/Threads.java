package metaffi.internal;

/** What the plugin does to threads: those that it attached itself, and the main one. */
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

  /** The thread that the program around the JVM began on, once it is attached. */
  private static volatile Thread main;

  /** This thread is it. */
  public static void knowMain() {
    main = Thread.currentThread();
  }

  /**
   * Interrupts the main thread if it is in Java's code now: not between calls, and not in a
   * function of another language that Java called.
   *
   * @return 1 when it was interrupted, else 0
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

  /** By these Java calls other languages. */
  private static boolean isOurNative(StackTraceElement top) {
    return top.isNativeMethod() && top.getClassName().startsWith("metaffi.");
  }

  /** An interrupt that came too late to be felt is not for the next call. */
  public static void forgetInterrupt() {
    Thread.interrupted();
  }
}
