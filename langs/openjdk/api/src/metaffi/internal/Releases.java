package metaffi.internal;

import java.lang.ref.Cleaner;

/** Releases native resources of objects that become unreachable. */
public final class Releases {
  private static final Cleaner CLEANER = Cleaner.create();

  private Releases() {}

  /**
   * Runs an action when an object becomes unreachable.
   *
   * @param object the object to watch
   * @param release the action; it must not refer to the object
   * @return a handle that runs the action at once; it runs at most once
   */
  public static Cleaner.Cleanable register(Object object, Runnable release) {
    return CLEANER.register(object, release);
  }
}
