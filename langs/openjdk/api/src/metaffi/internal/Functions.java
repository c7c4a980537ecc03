package metaffi.internal;

/** The native part of functions that cross; a {@code callable} is a {@code metaffi_callable}. */
final class Functions {
  private Functions() {}

  /** A plan for calls of an abstract method, see {@link Members}, that a native function answers. */
  static native long planProxied(Object[] member);

  /** A plan for calls of a default method on a proxy. */
  static native long planDefault(Object[] member);

  /** A plan for calls of a method from outside; {@code bound} when its object is known. */
  static native long planFunction(Object[] member, boolean bound);

  /** The same for the methods of one name of an object, of which each call chooses one. */
  static native long planOverloads(Object[][] members);

  /** Calls a native function as the planned method; {@code arguments} may be null for none. */
  static native Object call(long callable, long plan, Object[] arguments);

  /** The same for up to three primitives, and a primitive or nothing as result: all as bits. */
  static native long callBits(long callable, long plan, long a, long b, long c);

  /** Runs the default method of a proxy. */
  static native Object callDefault(long plan, Object proxy, Object[] arguments);

  /**
   * A new {@code metaffi_callable}, which comes home as {@code home}, unless that is null. Others
   * take those of one {@code identity} for one function.
   */
  static native long lend(long plan, Object home, Object target, long identity);

  /** A new reference to the method of that name of a foreign object; 0 when it has none. */
  static native long method(long object, String name);

  static native void retain(long object);

  static native void release(long object);

  static native long owner(long object);

  static native long identity(long object);
}
