package metaffi.internal;

/** The native part of functions that cross; a {@code callable} is a {@code metaffi_callable}. */
final class Functions {
  /** What a plan does with a member: calls a method. */
  static final int METHOD = 0;

  /** Makes an instance. */
  static final int CONSTRUCTOR = 1;

  /** Reads a field. */
  static final int GET = 2;

  /** Writes a field, or calls a method that does. */
  static final int SET = 3;

  /** The object that a member is called on is known. */
  static final int BOUND = 0;

  /** It is the first argument of what is not static. */
  static final int OF_INSTANCES = 1;

  /** It is the first argument, which what is static does without. */
  static final int ALWAYS = 2;

  /** What is lent is a function of its own, unless it is one that is still held. */
  static final long OWN_IDENTITY = 0;

  private Functions() {}

  /** A plan for calls of an abstract method, see {@link Members}, that a native function answers. */
  static native long planProxied(Object[] member);

  /** A plan for calls of a default method on a proxy. */
  static native long planDefault(Object[] member);

  /** A plan for calls of a method from outside; {@code bound} when its object is known. */
  static native long planFunction(Object[] member, boolean bound);

  /**
   * The same for members of one name, of which each call chooses one.
   *
   * @param sort what is done with them, see above
   * @param object where their object comes from
   */
  static native long planMembers(Object[][] members, int sort, int object);

  /**
   * A plan for a static method of one argument that returns the next item, or {@code end}: others
   * see whether there is one, and the item.
   */
  static native long planNext(Object[] member, Object end);

  /** The known name that is nearest to {@code wanted}, as the end of a message; may be empty. */
  static native String suggest(String wanted, String[] known);

  /** Whether a native function takes so many arguments. */
  static native boolean takes(long callable, int count);

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
