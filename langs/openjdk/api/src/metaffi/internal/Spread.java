package metaffi.internal;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import metaffi.MetaFFIException;
import metaffi.stubs.AnyFunction;

/** A function of any arguments that reports how many arguments it takes. */
public final class Spread {
  /** The maximum number of arguments. */
  public static final int MAX = 8;

  private final AnyFunction function;
  private final BitSet counts;

  /**
   * Wraps a function with its numbers of arguments.
   *
   * @param function the function
   * @param counts the numbers of arguments that it accepts
   */
  public Spread(AnyFunction function, BitSet counts) {
    if (counts.length() > MAX + 1) {
      throw new MetaFFIException(
          "other languages can call methods of up to " + MAX + " parameters, and this one has "
              + (counts.length() - 1));
    }
    this.function = function;
    this.counts = counts;
  }

  /**
   * Calls the function.
   *
   * @param arguments the arguments
   * @return the result
   */
  public Object apply(Object[] arguments) {
    return function.call(arguments);
  }

  /** The numbers of arguments, as a string. */
  String counts() {
    return counts.toString();
  }

  /** The methods below that take these numbers of arguments. */
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
   * Calls the function with no argument.
   *
   * @return the result
   */
  public Object call() {
    return function.call();
  }

  /**
   * Calls the function with one argument.
   *
   * @param a an argument
   * @return the result
   */
  public Object call(Object a) {
    return function.call(a);
  }

  /**
   * Calls the function with two arguments.
   *
   * @param a an argument
   * @param b an argument
   * @return the result
   */
  public Object call(Object a, Object b) {
    return function.call(a, b);
  }

  /**
   * Calls the function with three arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @return the result
   */
  public Object call(Object a, Object b, Object c) {
    return function.call(a, b, c);
  }

  /**
   * Calls the function with four arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @param d an argument
   * @return the result
   */
  public Object call(Object a, Object b, Object c, Object d) {
    return function.call(a, b, c, d);
  }

  /**
   * Calls the function with five arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @param d an argument
   * @param e an argument
   * @return the result
   */
  public Object call(Object a, Object b, Object c, Object d, Object e) {
    return function.call(a, b, c, d, e);
  }

  /**
   * Calls the function with six arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @param d an argument
   * @param e an argument
   * @param f an argument
   * @return the result
   */
  public Object call(Object a, Object b, Object c, Object d, Object e, Object f) {
    return function.call(a, b, c, d, e, f);
  }

  /**
   * Calls the function with seven arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @param d an argument
   * @param e an argument
   * @param f an argument
   * @param g an argument
   * @return the result
   */
  public Object call(Object a, Object b, Object c, Object d, Object e, Object f, Object g) {
    return function.call(a, b, c, d, e, f, g);
  }

  /**
   * Calls the function with eight arguments.
   *
   * @param a an argument
   * @param b an argument
   * @param c an argument
   * @param d an argument
   * @param e an argument
   * @param f an argument
   * @param g an argument
   * @param h an argument
   * @return the result
   */
  public Object call(
      Object a, Object b, Object c, Object d, Object e, Object f, Object g, Object h) {
    return function.call(a, b, c, d, e, f, g, h);
  }
}
