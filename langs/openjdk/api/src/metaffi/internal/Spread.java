package metaffi.internal;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import metaffi.MetaFFIException;
import metaffi.stubs.AnyFunction;

/** A function of any arguments, of which others see how many it takes. */
public final class Spread {
  /** The most arguments. */
  public static final int MOST = 8;

  private final AnyFunction function;
  private final BitSet counts;

  /**
   * Says how many arguments a function takes.
   *
   * @param function the function
   * @param counts the numbers of arguments that it takes
   */
  public Spread(AnyFunction function, BitSet counts) {
    if (counts.length() > MOST + 1) {
      throw new MetaFFIException(
          "others call methods of up to " + MOST + " parameters, and this one has "
              + (counts.length() - 1));
    }
    this.function = function;
    this.counts = counts;
  }

  /**
   * Calls it.
   *
   * @param arguments as many as it takes
   * @return what it returns
   */
  public Object apply(Object[] arguments) {
    return function.call(arguments);
  }

  /** The numbers of arguments, as a text. */
  String counts() {
    return counts.toString();
  }

  /** The methods below that take so many. */
  Object[][] members() {
    List<Object[]> members = new ArrayList<>();
    for (Method method : Spread.class.getMethods()) {
      if (method.getName().equals("call") && counts.get(method.getParameterCount())) {
        members.add(Members.describe(method));
      }
    }
    return members.toArray(new Object[0][]);
  }

  /**
   * Calls it with no argument.
   *
   * @return what it returns
   */
  public Object call() {
    return function.call();
  }

  /**
   * Calls it with one argument.
   *
   * @param a an argument
   * @return what it returns
   */
  public Object call(Object a) {
    return function.call(a);
  }

  /**
   * Calls it with two arguments.
   *
   * @param a an argument
   * @param b an argument
   * @return what it returns
   */
  public Object call(Object a, Object b) {
    return function.call(a, b);
  }

  /**
   * Calls it with three arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @return what it returns
   */
  public Object call(Object a, Object b, Object c) {
    return function.call(a, b, c);
  }

  /**
   * Calls it with four arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @param d an argument
   * @return what it returns
   */
  public Object call(Object a, Object b, Object c, Object d) {
    return function.call(a, b, c, d);
  }

  /**
   * Calls it with five arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @param d an argument
   * @param e an argument
   * @return what it returns
   */
  public Object call(Object a, Object b, Object c, Object d, Object e) {
    return function.call(a, b, c, d, e);
  }

  /**
   * Calls it with six arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @param d an argument
   * @param e an argument
   * @param f an argument
   * @return what it returns
   */
  public Object call(Object a, Object b, Object c, Object d, Object e, Object f) {
    return function.call(a, b, c, d, e, f);
  }

  /**
   * Calls it with seven arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @param d an argument
   * @param e an argument
   * @param f an argument
   * @param g an argument
   * @return what it returns
   */
  public Object call(Object a, Object b, Object c, Object d, Object e, Object f, Object g) {
    return function.call(a, b, c, d, e, f, g);
  }

  /**
   * Calls it with eight arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @param d an argument
   * @param e an argument
   * @param f an argument
   * @param g an argument
   * @param h an argument
   * @return what it returns
   */
  public Object call(
      Object a, Object b, Object c, Object d, Object e, Object f, Object g, Object h) {
    return function.call(a, b, c, d, e, f, g, h);
  }
}
