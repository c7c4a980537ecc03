package check;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import loopback.Loopback;

/** Runs the constructs of every program here, checks results, and drops everything at the end. */
public final class Check {
  private static final long PATIENCE = 10_000_000_000L;

  /** The number of objects of others that the stubs hold for good. */
  private static long constants;

  private Check() {}

  /** An action that may fail. */
  public interface Action {
    void run() throws Throwable;
  }

  /**
   * Runs the constructs named after the module, each a method of the program.
   */
  public static void run(Class<?> program, Action bind, Action collect, String[] args)
      throws Throwable {
    List<String> constructs = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
    if (constructs.remove("binding")) {
      call(program, "binding");
    }
    bind.run();
    for (String construct : constructs) {
      call(program, construct);
    }
    finish(collect);
    System.out.println("ok");
  }

  private static void call(Class<?> program, String construct) throws Throwable {
    StringBuilder name = new StringBuilder();
    for (String word : construct.split("_")) {
      String rest = word.substring(1);
      char first = word.charAt(0);
      name.append(name.length() == 0 ? first : Character.toUpperCase(first)).append(rest);
    }
    try {
      program.getMethod(name.toString()).invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Asserts that no runtime holds an object of another at the end, except for constants. */
  private static void finish(Action collect) throws Throwable {
    Loopback.bindModuleToCode("loopback", "loopback");
    long deadline = System.nanoTime() + PATIENCE;
    while (true) {
      Object[] live = Loopback.live_objects("");
      if (live[0].equals(constants)) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(live[0] + " objects are live: " + live[1]);
      }
      System.gc();
      collect.run();
      Thread.sleep(5);
    }
  }

  /** Records that this many enum members have been used, which stubs hold for good. */
  public static void used(int members) {
    constants += members;
  }

  /** Asserts that both are equal. */
  public static void same(Object actual, Object expected) {
    if (!Objects.deepEquals(actual, expected)) {
      throw new AssertionError(actual + " is not " + expected);
    }
  }

  /** Asserts that a condition is true. */
  public static void that(boolean isSo) {
    same(isSo, true);
  }

  /** Asserts that an action throws an exception of a class. */
  public static <E extends Throwable> E fails(Class<E> kind, Action action) {
    try {
      action.run();
    } catch (Throwable e) {
      if (kind.isInstance(e)) {
        return kind.cast(e);
      }
      throw new AssertionError("it is not a " + kind, e);
    }
    throw new AssertionError("no " + kind + " was thrown");
  }

  /** All elements. */
  public static <T> List<T> all(Iterator<? extends T> elements) {
    List<T> all = new ArrayList<>();
    elements.forEachRemaining(all::add);
    return all;
  }

  /** All elements. */
  public static <T> List<T> all(Iterable<? extends T> elements) {
    return all(elements.iterator());
  }
}
