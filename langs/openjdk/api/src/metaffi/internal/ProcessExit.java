package metaffi.internal;

/** Notifies the other languages that the JVM exits, after the program's shutdown hooks. */
final class ProcessExit implements Runnable {
  ProcessExit() {}

  /**
   * Notifies them on a new thread, as for shutdown hooks: this thread may be any thread, and what
   * the others do at exit may depend on the thread they run on.
   */
  @Override
  public void run() {
    if (isBegunByOthers()) {
      return;
    }
    Thread notifier = new Thread(ProcessExit::begin, "metaffi-exit");
    notifier.start();
    while (notifier.isAlive()) {
      try {
        notifier.join();
      } catch (InterruptedException e) {
        // The exit must not be interrupted.
      }
    }
  }

  /** For a JVM that cannot run it after the program's hooks. */
  static void amongOthers(Runnable exit) {
    Runtime.getRuntime().addShutdownHook(new Thread(exit));
  }

  /** Whether another language ends the process, and runs the hooks on this thread. */
  private static native boolean isBegunByOthers();

  private static native void begin();
}
