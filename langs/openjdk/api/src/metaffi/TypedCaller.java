package metaffi;

import java.lang.ref.Reference;
import java.lang.reflect.Method;
import metaffi.internal.Scalars;
import metaffi.internal.Types;
import metaffi.internal.Unexpected;

/**
 * Calls a loaded entity with its declared types, without boxes and arrays.
 *
 * <p>For generated code, which knows the types: nothing is checked here. Numbers, characters and
 * booleans cross as 64 bits: integers as {@code long}, floating-point numbers in their memory
 * representation. Any other argument crosses as three values: its type (see {@link #text} and
 * {@link #handle}), its bits, and its object. Safe to use from any thread.
 */
public final class TypedCaller {
  /** The maximum number of arguments that cross as bits alone. */
  public static final int MOST_BITS = 4;

  /** The maximum number of arguments of a call with objects. */
  public static final int MOST_OBJECTS = NativeCallee.FEW;

  private final NativeCallee callee;
  private final long target;
  private final boolean takesHandle;

  /**
   * The arguments, as bits of a mask, that are declared {@code any} where the method takes a
   * function.
   */
  private final int open;

  /** The method that results of another type are converted for; null if there can be none. */
  private final Method method;

  private TypedCaller(NativeCallee callee) {
    this(callee, null, 0);
  }

  /** The same, converting results to what a method returns. */
  TypedCaller(NativeCallee callee, Method method, int open) {
    this.callee = callee;
    this.method = method;
    this.open = open;
    target = callee.target;
    takesHandle = callee.takesHandle();
  }

  /**
   * Returns a typed caller for what a {@link Caller} calls.
   *
   * @param entity a loaded entity
   * @return a typed caller of the same entity
   * @throws IllegalArgumentException if it calls a Java function
   */
  public static TypedCaller of(Caller entity) {
    NativeCallee callee = entity.nativeCallee();
    if (callee == null) {
      throw new IllegalArgumentException(entity + " is not a loaded entity");
    }
    return new TypedCaller(callee);
  }

  /**
   * Returns the type word for a string argument.
   *
   * @param text any string, or null
   * @return the type word to pass with it
   */
  public static long text(String text) {
    return text == null ? Types.NULL : Types.STRING8;
  }

  /**
   * Returns the type word for an object argument.
   *
   * @param object a {@link MetaFFIHandle}, a Java object, or null
   * @return the type word to pass with it
   */
  public static long handle(Object object) {
    return object == null ? Types.NULL : Types.HANDLE;
  }

  /**
   * Returns the type word for a function argument.
   *
   * @param function a {@link Caller}, an object of a functional interface, or null
   * @return the type word to pass with it
   */
  public static long function(Object function) {
    return function == null ? Types.NULL : Types.CALLABLE;
  }

  /**
   * Calls without arguments, for a scalar result or none.
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
   * Calls with one scalar argument.
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
   * Calls with two scalar arguments.
   *
   * @param a the first argument's bits
   * @param b the second argument's bits
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
   * Calls with three scalar arguments.
   *
   * @param a the first argument's bits
   * @param b the second argument's bits
   * @param c the third argument's bits
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
   * Calls with four scalar arguments.
   *
   * @param a the first argument's bits
   * @param b the second argument's bits
   * @param c the third argument's bits
   * @param d the fourth argument's bits
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
   * Calls with objects, for a scalar result or none. Pass 0, 0 and null for unused arguments.
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
   * Calls with objects, for an object result whose declared type is definite.
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
   * Calls with an object alone, for a scalar result or none.
   *
   * @param self a {@link MetaFFIHandle}, a Java object, or null
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
   * Calls with an object and a number, for a scalar result or none.
   *
   * @param self a {@link MetaFFIHandle}, a Java object, or null
   * @param aIs the type word of the number
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
   * Calls with an object and two numbers, for a scalar result or none.
   *
   * @param self a {@link MetaFFIHandle}, a Java object, or null
   * @param aIs the type word of the first number
   * @param a its bits
   * @param bIs the type word of the second number
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
   * Calls with an object alone, for an object result.
   *
   * @param self a {@link MetaFFIHandle}, a Java object, or null
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
   * Calls with an object and a number, for an object result.
   *
   * @param self a {@link MetaFFIHandle}, a Java object, or null
   * @param aIs the type word of the number
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
   * Calls with an object and two numbers, for an object result.
   *
   * @param self a {@link MetaFFIHandle}, a Java object, or null
   * @param aIs the type word of the first number
   * @param a its bits
   * @param bIs the type word of the second number
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

  /** Begins a use of an object that crosses as bits; 0 if it does not. */
  private long usedAlone(Object self) {
    return takesHandle && self instanceof MetaFFIHandle ? ((MetaFFIHandle) self).use() : 0;
  }

  private void endUse(Object self) {
    ((MetaFFIHandle) self).endUse();
    Reference.reachabilityFence(callee);
  }

  /** A function crosses as the type that {@link Caller#call} would pass it as. */
  private long passedAs(int index, long is, Object object) {
    return is == Types.CALLABLE ? callee.passedAs(index, object, (open >> index & 1) != 0) : is;
  }

  private static long used(long is, long bits, Object object) {
    if (is == Types.CALLABLE) {
      return NativeCallee.tryNewReference(object);
    }
    return is == Types.HANDLE ? NativeCallee.use(object, bits) : bits;
  }

  private static void endUse(long is, long bits, Object object) {
    if (is == Types.HANDLE) {
      NativeCallee.endUse(object, bits);
    }
  }

  /** The bits of a result that has another type than declared. */
  private long converted(Unexpected other) {
    if (method != null && method.getReturnType().isPrimitive()) {
      return Scalars.bits(method.getReturnType(), converted(other.value));
    }
    String actual = other.value == null ? "null" : "a " + other.value.getClass().getTypeName();
    throw new MetaFFIException(
        callee + " returned " + actual + ", but its declared type is a number, a character or a"
            + " boolean");
  }

  /**
   * For generated code: converts a result that is not a string.
   *
   * @param result the result
   * @return the result as a string
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
