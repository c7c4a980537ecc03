package metaffi;

import java.lang.ref.Reference;
import metaffi.internal.Types;
import metaffi.internal.Unexpected;

/**
 * A loaded entity that is called by the types that were declared for it, without boxes and arrays.
 *
 * <p>For generated code, which knows them: nothing is checked here. Numbers, characters and truth
 * values cross as 64 bits: integers as {@code long}, floating point numbers as they lie in memory.
 * Any other argument crosses as three: what it is (see {@link #text} and {@link #handle}), its bits,
 * and its object. May be called from any thread.
 */
public final class TypedCaller {
  /** The most arguments that cross as bits alone. */
  public static final int MOST_BITS = 4;

  /** The most arguments of a call with objects. */
  public static final int MOST_OBJECTS = NativeCallee.FEW;

  private final NativeCallee callee;
  private final long target;

  private TypedCaller(NativeCallee callee) {
    this.callee = callee;
    target = callee.target;
  }

  /**
   * The typed way into what a {@link Caller} calls.
   *
   * @param entity a loaded entity
   * @return what calls the same
   * @throws IllegalArgumentException when it calls a function of Java's own
   */
  public static TypedCaller of(Caller entity) {
    NativeCallee callee = entity.nativeCallee();
    if (callee == null) {
      throw new IllegalArgumentException(entity + " is no loaded entity");
    }
    return new TypedCaller(callee);
  }

  /**
   * What a string is as an argument.
   *
   * @param text any string, or null
   * @return the word that goes with it
   */
  public static long text(String text) {
    return text == null ? Types.NULL : Types.STRING8;
  }

  /**
   * What an object is as an argument.
   *
   * @param object a {@link MetaFFIHandle}, an object of Java's own, or null
   * @return the word that goes with it
   */
  public static long handle(Object object) {
    return object == null ? Types.NULL : Types.HANDLE;
  }

  /**
   * Calls what takes nothing and returns bits or nothing.
   *
   * @return the bits of the result
   */
  public long bits() {
    try {
      return NativeCallee.call0(target);
    } catch (Unexpected other) {
      throw unexpected(other);
    } finally {
      Reference.reachabilityFence(callee);
    }
  }

  /**
   * The same with bits.
   *
   * @param a the argument's bits
   * @return the bits of the result
   */
  public long bits(long a) {
    try {
      return NativeCallee.call1(target, a);
    } catch (Unexpected other) {
      throw unexpected(other);
    } finally {
      Reference.reachabilityFence(callee);
    }
  }

  /**
   * The same with bits.
   *
   * @param a the first argument's bits
   * @param b the second one's
   * @return the bits of the result
   */
  public long bits(long a, long b) {
    try {
      return NativeCallee.call2(target, a, b);
    } catch (Unexpected other) {
      throw unexpected(other);
    } finally {
      Reference.reachabilityFence(callee);
    }
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
    try {
      return NativeCallee.call3(target, a, b, c);
    } catch (Unexpected other) {
      throw unexpected(other);
    } finally {
      Reference.reachabilityFence(callee);
    }
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
    try {
      return NativeCallee.call4(target, a, b, c, d);
    } catch (Unexpected other) {
      throw unexpected(other);
    } finally {
      Reference.reachabilityFence(callee);
    }
  }

  /**
   * Calls with objects what returns bits or nothing. What is not taken is 0, 0 and null.
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
    try {
      return NativeCallee.callForBits(
          target,
          aIs,
          lent(aIs, aBits, a),
          a,
          bIs,
          lent(bIs, bBits, b),
          b,
          cIs,
          lent(cIs, cBits, c),
          c);
    } catch (Unexpected other) {
      throw unexpected(other);
    } finally {
      Reference.reachabilityFence(callee);
    }
  }

  /**
   * The same for what returns an object whose declared type says what it is.
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
    try {
      return NativeCallee.callForObject(
          target,
          aIs,
          lent(aIs, aBits, a),
          a,
          bIs,
          lent(bIs, bBits, b),
          b,
          cIs,
          lent(cIs, cBits, c),
          c);
    } finally {
      Reference.reachabilityFence(callee);
    }
  }

  /** The native part gives the reference back, and fails for what was released. */
  private static long lent(long is, long bits, Object object) {
    return is == Types.HANDLE && object instanceof MetaFFIHandle
        ? ((MetaFFIHandle) object).tryLend()
        : bits;
  }

  private MetaFFIException unexpected(Unexpected other) {
    Object value = other.value;
    String came = value == null ? "null" : "a " + value.getClass().getTypeName();
    return new MetaFFIException(
        callee + " returned " + came + ", where its declared type is a number, a character or a"
            + " truth value");
  }

  @Override
  public String toString() {
    return "TypedCaller(" + callee + ")";
  }
}
