package metaffi;

import java.lang.ref.Reference;
import java.lang.reflect.Method;
import metaffi.internal.Scalars;
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
  private final boolean takesHandle;

  /** The arguments, by their bits, that may be anything where the method takes a function. */
  private final int open;

  /** Other results are converted to what this gives; null where nothing else may come. */
  private final Method method;

  private TypedCaller(NativeCallee callee) {
    this(callee, null, 0);
  }

  /** The same, where what comes may be converted to what a method gives. */
  TypedCaller(NativeCallee callee, Method method, int open) {
    this.callee = callee;
    this.method = method;
    this.open = open;
    target = callee.target;
    takesHandle = callee.takesHandle();
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
   * What a function is as an argument.
   *
   * @param function a {@link Caller}, an object of a functional interface, or null
   * @return the word that goes with it
   */
  public static long function(Object function) {
    return function == null ? Types.NULL : Types.CALLABLE;
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
      return converted(other);
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
      return converted(other);
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
      return converted(other);
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
      return converted(other);
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
      return converted(other);
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
    aIs = passedAs(0, aIs, a);
    bIs = passedAs(1, bIs, b);
    cIs = passedAs(2, cIs, c);
    long aUsed = used(aIs, aBits, a);
    long bUsed = used(bIs, bBits, b);
    long cUsed = used(cIs, cBits, c);
    try {
      return NativeCallee.callForBits(target, aIs, aUsed, a, bIs, bUsed, b, cIs, cUsed, c);
    } catch (Unexpected other) {
      return converted(other);
    } finally {
      endUse(aIs, aUsed, a);
      endUse(bIs, bUsed, b);
      endUse(cIs, cUsed, c);
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
    aIs = passedAs(0, aIs, a);
    bIs = passedAs(1, bIs, b);
    cIs = passedAs(2, cIs, c);
    long aUsed = used(aIs, aBits, a);
    long bUsed = used(bIs, bBits, b);
    long cUsed = used(cIs, cBits, c);
    try {
      return NativeCallee.callForObject(target, aIs, aUsed, a, bIs, bUsed, b, cIs, cUsed, c);
    } finally {
      endUse(aIs, aUsed, a);
      endUse(bIs, bUsed, b);
      endUse(cIs, cUsed, c);
      Reference.reachabilityFence(callee);
    }
  }

  /**
   * Calls with an object, and numbers after it, what returns bits or nothing.
   *
   * @param self a {@link MetaFFIHandle}, an object of Java's own, or null
   * @return the bits of the result
   */
  public long bitsOn(Object self) {
    long used = usedAlone(self);
    if (used == 0) {
      return bitsOf(handle(self), 0, self, 0, 0, null, 0, 0, null);
    }
    try {
      return NativeCallee.call1(target, used);
    } catch (Unexpected other) {
      return converted(other);
    } finally {
      endUse(self);
    }
  }

  /**
   * The same with a number.
   *
   * @param self a {@link MetaFFIHandle}, an object of Java's own, or null
   * @param aIs what the number is
   * @param a its bits
   * @return the bits of the result
   */
  public long bitsOn(Object self, long aIs, long a) {
    long used = usedAlone(self);
    if (used == 0) {
      return bitsOf(handle(self), 0, self, aIs, a, null, 0, 0, null);
    }
    try {
      return NativeCallee.call2(target, used, a);
    } catch (Unexpected other) {
      return converted(other);
    } finally {
      endUse(self);
    }
  }

  /**
   * The same with two numbers.
   *
   * @param self a {@link MetaFFIHandle}, an object of Java's own, or null
   * @param aIs what the first number is
   * @param a its bits
   * @param bIs what the second one is
   * @param b its bits
   * @return the bits of the result
   */
  public long bitsOn(Object self, long aIs, long a, long bIs, long b) {
    long used = usedAlone(self);
    if (used == 0) {
      return bitsOf(handle(self), 0, self, aIs, a, null, bIs, b, null);
    }
    try {
      return NativeCallee.call3(target, used, a, b);
    } catch (Unexpected other) {
      return converted(other);
    } finally {
      endUse(self);
    }
  }

  /**
   * Calls with an object, and numbers after it, what returns an object.
   *
   * @param self a {@link MetaFFIHandle}, an object of Java's own, or null
   * @return the result
   */
  public Object objectOn(Object self) {
    long used = usedAlone(self);
    if (used == 0) {
      return objectOf(handle(self), 0, self, 0, 0, null, 0, 0, null);
    }
    try {
      return NativeCallee.callForObject1(target, used);
    } finally {
      endUse(self);
    }
  }

  /**
   * The same with a number.
   *
   * @param self a {@link MetaFFIHandle}, an object of Java's own, or null
   * @param aIs what the number is
   * @param a its bits
   * @return the result
   */
  public Object objectOn(Object self, long aIs, long a) {
    long used = usedAlone(self);
    if (used == 0) {
      return objectOf(handle(self), 0, self, aIs, a, null, 0, 0, null);
    }
    try {
      return NativeCallee.callForObject2(target, used, a);
    } finally {
      endUse(self);
    }
  }

  /**
   * The same with two numbers.
   *
   * @param self a {@link MetaFFIHandle}, an object of Java's own, or null
   * @param aIs what the first number is
   * @param a its bits
   * @param bIs what the second one is
   * @param b its bits
   * @return the result
   */
  public Object objectOn(Object self, long aIs, long a, long bIs, long b) {
    long used = usedAlone(self);
    if (used == 0) {
      return objectOf(handle(self), 0, self, aIs, a, null, bIs, b, null);
    }
    try {
      return NativeCallee.callForObject3(target, used, a, b);
    } finally {
      endUse(self);
    }
  }

  /** Begins to use an object that crosses as bits; 0 when it does not. */
  private long usedAlone(Object self) {
    return takesHandle && self instanceof MetaFFIHandle ? ((MetaFFIHandle) self).use() : 0;
  }

  private void endUse(Object self) {
    ((MetaFFIHandle) self).endUse();
    Reference.reachabilityFence(callee);
  }

  /** A function crosses as what {@link Caller#call} would pass it as. */
  private long passedAs(int index, long is, Object object) {
    return is == Types.CALLABLE ? callee.passedAs(index, object, (open >> index & 1) != 0) : is;
  }

  private static long used(long is, long bits, Object object) {
    if (is == Types.CALLABLE) {
      return NativeCallee.tryLend(object);
    }
    return is == Types.HANDLE ? NativeCallee.use(object, bits) : bits;
  }

  private static void endUse(long is, long bits, Object object) {
    if (is == Types.HANDLE) {
      NativeCallee.endUse(object, bits);
    }
  }

  /** The bits of a result that came as something else. */
  private long converted(Unexpected other) {
    if (method != null && method.getReturnType().isPrimitive()) {
      return Scalars.bits(method.getReturnType(), converted(other.value));
    }
    String came = other.value == null ? "null" : "a " + other.value.getClass().getTypeName();
    throw new MetaFFIException(
        callee + " returned " + came + ", where its declared type is a number, a character or a"
            + " truth value");
  }

  /**
   * For generated code: a result that came as something else than text.
   *
   * @param result what came
   * @return it as text
   */
  public String textOf(Object result) {
    return (String) converted(result);
  }

  private Object converted(Object result) {
    try {
      return MetaFFIObject.of(result).as(method.getReturnType());
    } catch (MetaFFIException e) {
      throw Conversion.ofResult(method, e);
    }
  }

  @Override
  public String toString() {
    return "TypedCaller(" + callee + ")";
  }
}
