package metaffi.internal;

import java.lang.ref.Cleaner;

/** Gives back what objects hold outside of Java, once they are unreachable. */
public final class Releases {
  private static final Cleaner CLEANER = Cleaner.create();

  private Releases() {}

  /**
   * Runs an action when an object is unreachable.
   *
   * @param object what is watched
   * @param release the action; it must not refer to the object
   * @return what runs the action at once, at most once
   */
  public static Cleaner.Cleanable register(Object object, Runnable release) {
    return CLEANER.register(object, release);
  }
}
