package check;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Objects;
import metaffi.Caller;
import metaffi.MetaFFIException;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypes;

/** Runs the constructs of every program here, checks results, and drops everything at the end. */
public final class Check {
  private static final long PATIENCE = 10_000_000_000L;

  private Check() {}

  /** An action that may fail. */
  public interface Action {
    void run() throws Throwable;
  }

  /** Runs the constructs named after the module, each a method of the program. */
  public static void run(Class<?> program, Action collect, String[] args) throws Throwable {
    for (String construct : Arrays.asList(args).subList(1, args.length)) {
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

  /** Asserts that no runtime holds an object of another at the end. */
  private static void finish(Action collect) throws Throwable {
    MetaFFITypes[] text = {MetaFFITypes.MetaFFIString8};
    MetaFFITypes[] found = {MetaFFITypes.MetaFFIInt64, MetaFFITypes.MetaFFIString8};
    MetaFFIModule loopback = new MetaFFIRuntime("loopback").loadModule("loopback");
    Caller count = loopback.load("callable=live_objects", text, found);
    long deadline = System.nanoTime() + PATIENCE;
    while (true) {
      Object[] live = count.call("");
      if (live[0].equals(0L)) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(live[0] + " objects are live: " + live[1]);
      }
      collect.run();
      System.gc();
      Thread.sleep(5);
    }
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

  /** Asserts that an action throws an exception of a class, with all of these texts. */
  public static <E extends Throwable> E fails(Class<E> kind, Action action, String... texts) {
    try {
      action.run();
    } catch (Throwable e) {
      if (!kind.isInstance(e)) {
        throw new AssertionError("it is not an instance of " + kind, e);
      }
      for (String text : texts) {
        if (!e.toString().contains(text)) {
          throw new AssertionError("it does not contain " + text, e);
        }
      }
      return kind.cast(e);
    }
    throw new AssertionError("no " + kind + " was thrown");
  }

  /** Asserts that an action is refused with all of these texts. */
  public static MetaFFIException refused(Action action, String... texts) {
    return fails(MetaFFIException.class, action, texts);
  }
}
