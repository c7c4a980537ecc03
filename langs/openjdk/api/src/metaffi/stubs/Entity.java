package metaffi.stubs;

import java.util.ArrayList;
import java.util.List;
import metaffi.Caller;
import metaffi.TypedCaller;

/**
 * What a method of a stub calls; loaded by the first call.
 *
 * <p>Made once for each method, in a static final field: the way from there to the guest is a field
 * and a native call.
 */
public final class Entity {
  private final StubModule module;
  private final String path;
  private final String[] parameters;
  private final String[] results;

  /**
   * Both null until it is loaded; whoever finds null loads it. Volatile, for they are read without
   * the lock: what they hold outside of Java is not covered by what Java says of final fields.
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

  /** The module was bound anew. */
  synchronized void reset() {
    typed = null;
    caller = null;
    resets.forEach(Runnable::run);
    resets.clear();
  }

  synchronized void onReset(Runnable action) {
    resets.add(action);
  }

  /** The same, for what is called by hand. */
  Object call(Object... arguments) {
    return callWith(arguments);
  }

  /**
   * Calls it with any arguments.
   *
   * @param arguments the arguments; stubs' objects cross as what they stand for
   * @return its result; of several an array, and null of none
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
   * Calls what takes nothing and returns bits or nothing.
   *
   * @return the bits of the result
   */
  public long bits() {
    return typed().bits();
  }

  /**
   * The same with bits.
   *
   * @param a the argument's bits
   * @return the bits of the result
   */
  public long bits(long a) {
    return typed().bits(a);
  }

  /**
   * The same with bits.
   *
   * @param a the first argument's bits
   * @param b the second one's
   * @return the bits of the result
   */
  public long bits(long a, long b) {
    return typed().bits(a, b);
  }

  /**
   * The same with bits.
   *
   * @param a the first argument's bits
   * @param b the second one's
   * @param c the third one's
   * @return the bits of the result
   */
  public long bits(long a, long b, long c) {
    return typed().bits(a, b, c);
  }

  /**
   * The same with bits.
   *
   * @param a the first argument's bits
   * @param b the second one's
   * @param c the third one's
   * @param d the fourth one's
   * @return the bits of the result
   */
  public long bits(long a, long b, long c, long d) {
    return typed().bits(a, b, c, d);
  }

  /**
   * Calls with one object what returns bits or nothing; see {@link TypedCaller}.
   *
   * @param is what the argument is
   * @param bits its bits
   * @param a its object
   * @return the bits of the result
   */
  public long bitsOf(long is, long bits, Object a) {
    return typed().bitsOf(is, bits, a, 0, 0, null, 0, 0, null);
  }

  /**
   * The same with two arguments.
   *
   * @param aIs what the first argument is
   * @param aBits its bits
   * @param a its object
   * @param bIs what the second one is
   * @param bBits its bits
   * @param b its object
   * @return the bits of the result
   */
  public long bitsOf(long aIs, long aBits, Object a, long bIs, long bBits, Object b) {
    return typed().bitsOf(aIs, aBits, a, bIs, bBits, b, 0, 0, null);
  }

  /**
   * The same with three arguments.
   *
   * @param aIs what the first argument is
   * @param aBits its bits
   * @param a its object
   * @param bIs what the second one is
   * @param bBits its bits
   * @param b its object
   * @param cIs what the third one is
   * @param cBits its bits
   * @param c its object
   * @return the bits of the result
   */
  public long bitsOf(
      long aIs, long aBits, Object a, long bIs, long bBits, Object b, long cIs, long cBits, Object c) {
    return typed().bitsOf(aIs, aBits, a, bIs, bBits, b, cIs, cBits, c);
  }

  /**
   * Calls what takes nothing and returns an object; see {@link TypedCaller}.
   *
   * @return the result
   */
  public Object objectOf() {
    return typed().objectOf(0, 0, null, 0, 0, null, 0, 0, null);
  }

  /**
   * The same with one argument.
   *
   * @param is what the argument is
   * @param bits its bits
   * @param a its object
   * @return the result
   */
  public Object objectOf(long is, long bits, Object a) {
    return typed().objectOf(is, bits, a, 0, 0, null, 0, 0, null);
  }

  /**
   * The same with two arguments.
   *
   * @param aIs what the first argument is
   * @param aBits its bits
   * @param a its object
   * @param bIs what the second one is
   * @param bBits its bits
   * @param b its object
   * @return the result
   */
  public Object objectOf(long aIs, long aBits, Object a, long bIs, long bBits, Object b) {
    return typed().objectOf(aIs, aBits, a, bIs, bBits, b, 0, 0, null);
  }

  /**
   * The same with three arguments.
   *
   * @param aIs what the first argument is
   * @param aBits its bits
   * @param a its object
   * @param bIs what the second one is
   * @param bBits its bits
   * @param b its object
   * @param cIs what the third one is
   * @param cBits its bits
   * @param c its object
   * @return the result
   */
  public Object objectOf(
      long aIs, long aBits, Object a, long bIs, long bBits, Object b, long cIs, long cBits, Object c) {
    return typed().objectOf(aIs, aBits, a, bIs, bBits, b, cIs, cBits, c);
  }

  /**
   * Calls on an object what returns bits or nothing; see {@link TypedCaller}.
   *
   * @param self what the object is to the guest
   * @return the bits of the result
   */
  public long bitsOn(Object self) {
    return typed().bitsOn(self);
  }

  /**
   * The same with a number.
   *
   * @param self what the object is to the guest
   * @param aIs what the number is
   * @param a its bits
   * @return the bits of the result
   */
  public long bitsOn(Object self, long aIs, long a) {
    return typed().bitsOn(self, aIs, a);
  }

  /**
   * The same with two numbers.
   *
   * @param self what the object is to the guest
   * @param aIs what the first one is
   * @param a its bits
   * @param bIs what the second one is
   * @param b its bits
   * @return the bits of the result
   */
  public long bitsOn(Object self, long aIs, long a, long bIs, long b) {
    return typed().bitsOn(self, aIs, a, bIs, b);
  }

  /**
   * Calls on an object what returns an object; see {@link TypedCaller}.
   *
   * @param self what the object is to the guest
   * @return the result
   */
  public Object objectOn(Object self) {
    return typed().objectOn(self);
  }

  /**
   * The same with a number.
   *
   * @param self what the object is to the guest
   * @param aIs what the number is
   * @param a its bits
   * @return the result
   */
  public Object objectOn(Object self, long aIs, long a) {
    return typed().objectOn(self, aIs, a);
  }

  /**
   * The same with two numbers.
   *
   * @param self what the object is to the guest
   * @param aIs what the first one is
   * @param a its bits
   * @param bIs what the second one is
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
