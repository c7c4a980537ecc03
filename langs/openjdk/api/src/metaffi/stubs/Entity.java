package metaffi.stubs;

import java.util.ArrayList;
import java.util.List;
import metaffi.Caller;
import metaffi.TypedCaller;

/**
 * The entity that a method of a stub calls; loaded by the first call.
 *
 * <p>Made once for each method, in a static final field, so that a call costs only a field access
 * and a native call.
 */
public final class Entity {
  private final StubModule module;
  private final String path;
  private final String[] parameters;
  private final String[] results;

  /**
   * Both null until loaded; a thread that finds null loads it. Volatile, because they are read
   * without the lock, and because Java's guarantees for final fields do not cover the native memory
   * behind them.
   */
  private volatile TypedCaller typed;

  private volatile Caller caller;
  private final List<Runnable> resets = new ArrayList<>();

  Entity(StubModule module, String path, String[] parameters, String[] results) {
    this.module = module;
    this.path = path;
    this.parameters = parameters;
    this.results = results;
  }

  private TypedCaller typed() {
    TypedCaller known = typed;
    return known == null ? load() : known;
  }

  private synchronized TypedCaller load() {
    TypedCaller made = TypedCaller.of(caller());
    typed = made;
    return made;
  }

  private Caller caller() {
    Caller known = caller;
    return known == null ? loaded() : known;
  }

  private synchronized Caller loaded() {
    Caller known = caller;
    if (known == null) {
      known = module.load(path, parameters, results);
      caller = known;
    }
    return known;
  }

  /** Forgets what is loaded, because the module was bound again. */
  synchronized void reset() {
    typed = null;
    caller = null;
    resets.forEach(Runnable::run);
    resets.clear();
  }

  synchronized void onReset(Runnable action) {
    resets.add(action);
  }

  /** Calls with variable arguments, for hand-written code. */
  Object call(Object... arguments) {
    return callWith(arguments);
  }

  /**
   * Calls the entity with arguments of any type.
   *
   * @param arguments the arguments; stub objects are passed as the guest objects that they wrap
   * @return the result; an array for several results, null for none
   */
  public Object callWith(Object[] arguments) {
    Object[] lowered = new Object[arguments.length];
    for (int i = 0; i < lowered.length; i++) {
      lowered[i] = Lower.any(arguments[i]);
    }
    Object[] all = caller().call(lowered);
    if (all == null || results.length == 0) {
      return null;
    }
    return results.length == 1 ? all[0] : all;
  }

  /**
   * Calls without arguments, for a scalar result or none.
   *
   * @return the bits of the result
   */
  public long bits() {
    return typed().bits();
  }

  /**
   * Calls with one scalar argument.
   *
   * @param a the argument's bits
   * @return the bits of the result
   */
  public long bits(long a) {
    return typed().bits(a);
  }

  /**
   * Calls with two scalar arguments.
   *
   * @param a the first argument's bits
   * @param b the second argument's bits
   * @return the bits of the result
   */
  public long bits(long a, long b) {
    return typed().bits(a, b);
  }

  /**
   * Calls with three scalar arguments.
   *
   * @param a the first argument's bits
   * @param b the second argument's bits
   * @param c the third argument's bits
   * @return the bits of the result
   */
  public long bits(long a, long b, long c) {
    return typed().bits(a, b, c);
  }

  /**
   * Calls with four scalar arguments.
   *
   * @param a the first argument's bits
   * @param b the second argument's bits
   * @param c the third argument's bits
   * @param d the fourth argument's bits
   * @return the bits of the result
   */
  public long bits(long a, long b, long c, long d) {
    return typed().bits(a, b, c, d);
  }

  /**
   * Calls with one object, for a scalar result or none; see {@link TypedCaller}.
   *
   * @param is the type word of the argument
   * @param bits its bits
   * @param a its object
   * @return the bits of the result
   */
  public long bitsOf(long is, long bits, Object a) {
    return typed().bitsOf(is, bits, a, 0, 0, null, 0, 0, null);
  }

  /**
   * Calls with two objects, for a scalar result or none.
   *
   * @param aIs the type word of the first argument
   * @param aBits its bits
   * @param a its object
   * @param bIs the type word of the second argument
   * @param bBits its bits
   * @param b its object
   * @return the bits of the result
   */
  public long bitsOf(long aIs, long aBits, Object a, long bIs, long bBits, Object b) {
    return typed().bitsOf(aIs, aBits, a, bIs, bBits, b, 0, 0, null);
  }

  /**
   * Calls with three objects, for a scalar result or none.
   *
   * @param aIs the type word of the first argument
   * @param aBits its bits
   * @param a its object
   * @param bIs the type word of the second argument
   * @param bBits its bits
   * @param b its object
   * @param cIs the type word of the third argument
   * @param cBits its bits
   * @param c its object
   * @return the bits of the result
   */
  public long bitsOf(
      long aIs, long aBits, Object a, long bIs, long bBits, Object b, long cIs, long cBits, Object c) {
    return typed().bitsOf(aIs, aBits, a, bIs, bBits, b, cIs, cBits, c);
  }

  /**
   * Calls without arguments, for an object result; see {@link TypedCaller}.
   *
   * @return the result
   */
  public Object objectOf() {
    return typed().objectOf(0, 0, null, 0, 0, null, 0, 0, null);
  }

  /**
   * Calls with one object, for an object result.
   *
   * @param is the type word of the argument
   * @param bits its bits
   * @param a its object
   * @return the result
   */
  public Object objectOf(long is, long bits, Object a) {
    return typed().objectOf(is, bits, a, 0, 0, null, 0, 0, null);
  }

  /**
   * Calls with two objects, for an object result.
   *
   * @param aIs the type word of the first argument
   * @param aBits its bits
   * @param a its object
   * @param bIs the type word of the second argument
   * @param bBits its bits
   * @param b its object
   * @return the result
   */
  public Object objectOf(long aIs, long aBits, Object a, long bIs, long bBits, Object b) {
    return typed().objectOf(aIs, aBits, a, bIs, bBits, b, 0, 0, null);
  }

  /**
   * Calls with three objects, for an object result.
   *
   * @param aIs the type word of the first argument
   * @param aBits its bits
   * @param a its object
   * @param bIs the type word of the second argument
   * @param bBits its bits
   * @param b its object
   * @param cIs the type word of the third argument
   * @param cBits its bits
   * @param c its object
   * @return the result
   */
  public Object objectOf(
      long aIs, long aBits, Object a, long bIs, long bBits, Object b, long cIs, long cBits, Object c) {
    return typed().objectOf(aIs, aBits, a, bIs, bBits, b, cIs, cBits, c);
  }

  /**
   * Calls on an object, for a scalar result or none; see {@link TypedCaller}.
   *
   * @param self the guest object
   * @return the bits of the result
   */
  public long bitsOn(Object self) {
    return typed().bitsOn(self);
  }

  /**
   * Calls on an object with a number, for a scalar result or none.
   *
   * @param self the guest object
   * @param aIs the type word of the number
   * @param a its bits
   * @return the bits of the result
   */
  public long bitsOn(Object self, long aIs, long a) {
    return typed().bitsOn(self, aIs, a);
  }

  /**
   * Calls on an object with two numbers, for a scalar result or none.
   *
   * @param self the guest object
   * @param aIs the type word of the first number
   * @param a its bits
   * @param bIs the type word of the second number
   * @param b its bits
   * @return the bits of the result
   */
  public long bitsOn(Object self, long aIs, long a, long bIs, long b) {
    return typed().bitsOn(self, aIs, a, bIs, b);
  }

  /**
   * Calls on an object, for an object result; see {@link TypedCaller}.
   *
   * @param self the guest object
   * @return the result
   */
  public Object objectOn(Object self) {
    return typed().objectOn(self);
  }

  /**
   * Calls on an object with a number, for an object result.
   *
   * @param self the guest object
   * @param aIs the type word of the number
   * @param a its bits
   * @return the result
   */
  public Object objectOn(Object self, long aIs, long a) {
    return typed().objectOn(self, aIs, a);
  }

  /**
   * Calls on an object with two numbers, for an object result.
   *
   * @param self the guest object
   * @param aIs the type word of the first number
   * @param a its bits
   * @param bIs the type word of the second number
   * @param b its bits
   * @return the result
   */
  public Object objectOn(Object self, long aIs, long a, long bIs, long b) {
    return typed().objectOn(self, aIs, a, bIs, b);
  }

  @Override
  public String toString() {
    return path;
  }
}
