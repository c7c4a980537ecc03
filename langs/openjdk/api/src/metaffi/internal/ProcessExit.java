package metaffi.internal;

/** Tells the other languages that the JVM ends, after the shutdown hooks of the program. */
final class ProcessExit implements Runnable {
  ProcessExit() {}

  /**
   * Tells them on a thread of its own, as hooks have them: this one may be any, and what the others
   * do at their end may ask on which thread it is.
   */
  @Override
  public void run() {
    if (isBegunByOthers()) {
      return;
    }
    Thread teller = new Thread(ProcessExit::begin, "metaffi-exit");
    teller.start();
    while (teller.isAlive()) {
      try {
        teller.join();
      } catch (InterruptedException e) {
        // The end is not to be broken off.
      }
    }
  }

  /** For a JVM that knows no place after the hooks of programs. */
  static void amongOthers(Runnable exit) {
    Runtime.getRuntime().addShutdownHook(new Thread(exit));
  }

  /** Whether it is another language that ends the process, and runs the hooks on this thread. */
  private static native boolean isBegunByOthers();

  private static native void begin();
}
