package metaffi.internal;

/** The native part of functions; a {@code callable} is a {@code metaffi_callable}. */
final class Functions {
  /** A plan that calls a method. */
  static final int METHOD = 0;

  /** A plan that makes an instance. */
  static final int CONSTRUCTOR = 1;

  /** A plan that reads a field. */
  static final int GET = 2;

  /** A plan that writes a field, or calls a setter. */
  static final int SET = 3;

  /** The member's object is fixed. */
  static final int BOUND = 0;

  /** The object is the first argument of instance members. */
  static final int OF_INSTANCES = 1;

  /** The object is always the first argument; static members ignore it. */
  static final int ALWAYS = 2;

  /** Each exported function is different, unless the same one is still held. */
  static final long OWN_IDENTITY = 0;

  private Functions() {}

  /**
   * A plan for calls of an abstract method, see {@link Members}, that a native function implements.
   */
  static native long planProxied(Object[] member);

  /** A plan for calls of a default method on a proxy. */
  static native long planDefault(Object[] member);

  /** A plan for calls of a method from other languages; {@code bound} if its object is fixed. */
  static native long planFunction(Object[] member, boolean bound);

  /**
   * The same for members of one name, among which each call chooses one.
   * The same for members of one name, of which each call chooses one.
   *
   * @param sort what to do with them, see above
   * @param object where their object comes from, see above
   */
  static native long planMembers(Object[][] members, int sort, int object);

  /**
   * A plan for a static method of one argument that returns the next item, or {@code end}; callers
   * get whether there is an item, and the item.
   */
  static native long planNext(Object[] member, Object end);

  /** The known name nearest to {@code wanted}, as the end of a message; may be empty. */
  static native String suggest(String wanted, String[] known);

  /** Whether a native function accepts this number of arguments. */
  static native boolean takes(long callable, int count);

  /** Calls a native function with a method's plan; {@code arguments} may be null for none. */
  static native Object call(long callable, long plan, Object[] arguments);

  /** The same for up to three primitives, with a primitive result or none, all passed as bits. */
  static native long callBits(long callable, long plan, long a, long b, long c);

  /** Calls the default method of a proxy. */
  static native Object callDefault(long plan, Object proxy, Object[] arguments);

  /**
   * A new {@code metaffi_callable}; passed back to Java it is {@code original}, unless that is
   * null. Other languages treat callables of one {@code identity} as one function.
   */
  static native long newReference(long plan, Object original, Object target, long identity);

  /** A new reference to the method of that name of a foreign object; 0 if it has none. */
  static native long method(long object, String name);

  static native void retain(long object);

  static native void release(long object);

  static native long owner(long object);

  static native long identity(long object);
}
