package metaffi;

import java.lang.ref.Reference;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import metaffi.internal.Arguments;
import metaffi.internal.JavaFunction;
import metaffi.internal.Kinds;
import metaffi.internal.Releases;
import metaffi.internal.Scalars;
import metaffi.internal.TypedClass;
import metaffi.internal.Types;
import metaffi.internal.Unexpected;

/**
 * A loaded entity, or a callable of another language.
 *
 * <p>Numbers and booleans cross as bits, so that the native side makes no calls into Java;
 * everything else crosses as objects that were checked here.
 */
final class NativeCallee implements Callee {
  /** The maximum number of parameters of a call that crosses as bits alone. */
  private static final int MOST_BITS = 4;

  /** The maximum number of parameters of a call that crosses without arrays. */
  static final int FEW = 3;

  /** The same for results that carry their own type. */
  private static final int FEW_OPEN = 4;

  private static final int MIXED = -1;

  /** The native part; valid as long as this object is reachable. */
  final long target;

  private final String name;
  private final Types.Declared[] parameters;
  private final Types.Declared[] results;

  /** The maximum number of arguments; those after the declared parameters are {@code any}. */
  private final int most;

  /** How many parameters cross as bits; {@link #MIXED} if not all can. */
  private final int bits;

  /** Whether arguments cross without arrays, and the result as bits or as an object. */
  private final boolean few;

  /** Whether few arguments cross without arrays though results carry their own type. */
  private final boolean open;

  /** Leading arguments that error messages do not count: the object of a member. */
  private final int hidden;

  /** Whether it was loaded with declared types; it then has no other types. */
  private final boolean isEntity;

  private NativeCallee(long target, String name, int hidden, boolean isEntity) {
    this.target = target;
    this.name = name;
    this.hidden = hidden;
    this.isEntity = isEntity;
    Releases.register(this, () -> free(target));
    int[] signature = signature(target);
    int count = signature[0];
    most = signature[1];
    parameters = Types.declared(signature, 2, count);
    results = Types.declared(signature, 2 + 2 * count, signature.length / 2 - 1 - count);
    bits = crossesAsBits() ? parameters.length : MIXED;
    few = parameters.length <= FEW && results.length <= 1 && !Types.areOpen(results);
    open = !few && results.length <= 2;
  }

  /** Takes ownership of a target that the native part made for an entity. */
  static NativeCallee ofEntity(long target, String entityPath) {
    return new NativeCallee(target, entityPath, 0, true);
  }

  /** Takes ownership of one reference to a native {@code metaffi_callable}. */
  static NativeCallee ofCallable(long callable) {
    return new NativeCallee(target(callable), "", 0, false);
  }

  /** The same for a member, which takes its object as the first argument. */
  static NativeCallee ofMember(long callable, String name) {
    return new NativeCallee(target(callable), name, 1, false);
  }

  /**
   * A caller with the types of a method; a hidden object comes before the method's parameters. Each
   * declared type must be the same, or {@code any}.
   */
  @Override
  public TypedCaller typed(Method method) {
    int count = hidden + method.getParameterCount();
    int[] types = typesFor(method, count);
    if (types == null || isEntity && !declares(types)) {
      return null;
    }
    NativeCallee callee =
        isEntity
            ? this
            : new NativeCallee(targetAs(newReference(), types, count), name, hidden, false);
    return new TypedCaller(callee, method, openMask(count));
  }

  /** The arguments, as bits of a mask, that are declared {@code any}. */
  private int openMask(int count) {
    int open = 0;
    for (int i = 0; i < count; i++) {
      open |= declared(i) == Types.OPEN.type ? 1 << i : 0;
    }
    return open;
  }

  /**
   * The type that an object is passed as where a method takes a function; {@code isOpen} for {@code
   * any}.
   */
  long passedAs(int index, Object function, boolean isOpen) {
    if (isOpen) {
      return Kinds.isFunction(function) ? Types.CALLABLE : Types.ANY;
    }
    try {
      Arguments.callable(function);
      return Types.CALLABLE;
    } catch (Arguments.Refused refused) {
      throw badArgument(index, refused);
    }
  }

  /**
   * The types of the arguments and of the result for a method; null if they do not match what is
   * declared.
   * they do not fit what is declared.
   */
  private int[] typesFor(Method method, int count) {
    int[] types = TypedClass.typesOf(method);
    if (types == null || count < parameters.length || count > most || results.length > 1) {
      return null;
    }
    boolean isBits =
        hidden == 0
            && Arrays.stream(types)
                .noneMatch(type -> type == Types.STRING8 || type == Types.CALLABLE);
    boolean givesNothing = method.getReturnType() == void.class;
    if (count > (isBits ? MOST_BITS : FEW) || results.length == 0 && !givesNothing) {
      return null;
    }
    int[] all = new int[count + results.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i < hidden ? Types.HANDLE : types[i - hidden];
      int declared = i < count ? declared(i) : results[0].type;
      boolean isIgnored = i == count && givesNothing;
      if (declared != all[i] && declared != Types.OPEN.type && !isIgnored) {
        return null;
      }
    }
    return all;
  }

  /** The type of an argument; those after the declared parameters are {@code any}. */
  private int declared(int index) {
    return index < parameters.length ? parameters[index].type : Types.OPEN.type;
  }

  /** Whether the types are those of its parameters and its result. */
  private boolean declares(int[] types) {
    Stream<Types.Declared> all = Stream.concat(Arrays.stream(parameters), Arrays.stream(results));
    return Arrays.equals(types, all.mapToInt(each -> each.type).toArray());
  }

  /** Whether the first argument is passed as a handle, whatever is passed. */
  boolean takesHandle() {
    return parameters.length > 0 && parameters[0].type == Types.HANDLE && parameters[0].dims == 0;
  }

  private boolean crossesAsBits() {
    boolean few = parameters.length <= MOST_BITS && results.length <= 1;
    return few && Types.areScalars(parameters) && Types.areScalars(results);
  }

  @Override
  public Object[] call(Object[] arguments) {
    boolean more = arguments.length > parameters.length && arguments.length <= most;
    if (arguments.length != parameters.length && !more) {
      throw wrongCount(arguments.length);
    }
    try {
      if (bits == MIXED && !few || more) {
        boolean isFew = open && arguments.length <= FEW_OPEN;
        return isFew ? callOpen(arguments) : callWithObjects(arguments);
      }
      Object[] result = bits == MIXED ? callWithFew(arguments) : boxed(callWithBits(arguments));
      Reference.reachabilityFence(this);
      return result;
    } catch (Unexpected other) {
      return new Object[] {other.value};
    } catch (MetaFFIException error) {
      throw MetaFFIHandle.RELEASED.equals(error.getMessage()) ? located(error, arguments) : error;
    }
  }

  private Object[] boxed(long result) {
    return results.length == 0 ? null : new Object[] {Scalars.box(results[0].type, result)};
  }

  /** Two words for each argument: its type and its bits; see {@link Arguments#prepare}. */
  private Object[] callWithFew(Object[] arguments) {
    long[] w = new long[2 * FEW];
    Object a = prepare(arguments, 0, w);
    Object b = prepare(arguments, 1, w);
    Object c = prepare(arguments, 2, w);
    acquire(w, 0, a);
    acquire(w, 2, b);
    acquire(w, 4, c);
    try {
      if (results.length == 0 || Types.isScalar(results[0].type)) {
        return boxed(callForBits(target, w[0], w[1], a, w[2], w[3], b, w[4], w[5], c));
      }
      return new Object[] {callForObject(target, w[0], w[1], a, w[2], w[3], b, w[4], w[5], c)};
    } finally {
      endUse(w, 0, a);
      endUse(w, 2, b);
      endUse(w, 4, c);
    }
  }

  /** The same for results that carry their own type. */
  private Object[] callOpen(Object[] arguments) {
    long[] w = new long[2 * FEW_OPEN];
    Object a = prepare(arguments, 0, w);
    Object b = prepare(arguments, 1, w);
    Object c = prepare(arguments, 2, w);
    Object d = prepare(arguments, 3, w);
    long[] resultWords = new long[2 * results.length];
    acquire(w, 0, a);
    acquire(w, 2, b);
    acquire(w, 4, c);
    acquire(w, 6, d);
    try {
      Object result =
          callForAny(
              target, arguments.length, w[0], w[1], a, w[2], w[3], b, w[4], w[5], c, w[6], w[7], d,
              resultWords);
      Reference.reachabilityFence(this);
      return results(result, resultWords);
    } finally {
      endUse(w, 0, a);
      endUse(w, 2, b);
      endUse(w, 4, c);
      endUse(w, 6, d);
    }
  }

  /**
   * Begins a use of each handle, and takes a native reference to each function, which the native
   * part releases. From the first of these calls on, nothing may throw: the native part reports
   * what has no reference.
   */
  private static void acquire(long[] words, int at, Object object) {
    int type = (int) words[at];
    if (type == Types.HANDLE) {
      words[at + 1] = use(object, words[at + 1]);
    } else if (type == Types.CALLABLE) {
      words[at + 1] = tryNewReference(object);
    }
  }

  private static void endUse(long[] words, int at, Object object) {
    if ((int) words[at] == Types.HANDLE) {
      endUse(object, words[at + 1]);
    }
  }

  /**
   * The native object of a handle until {@link #endUse}, or 0 if it was released; for other types,
   * the bits.
   */
  static long use(Object object, long bits) {
    return object instanceof MetaFFIHandle ? ((MetaFFIHandle) object).use() : bits;
  }

  /** Ends a use, if one has begun. */
  static void endUse(Object object, long used) {
    if (used != 0 && object instanceof MetaFFIHandle) {
      ((MetaFFIHandle) object).endUse();
    }
  }

  static long tryNewReference(Object function) {
    try {
      return function instanceof Caller
          ? ((Caller) function).newReference()
          : JavaFunction.lower(function, null);
    } catch (MetaFFIException closed) {
      return 0;
    }
  }

  private Object prepare(Object[] arguments, int index, long[] words) {
    if (index >= arguments.length) {
      return null;
    }
    try {
      Types.Declared declared = index < parameters.length ? parameters[index] : Types.OPEN;
      return Arguments.prepare(declared, arguments[index], words, 2 * index);
    } catch (Arguments.Refused refused) {
      throw badArgument(index, refused);
    }
  }

  private long callWithBits(Object[] arguments) {
    switch (bits) {
      case 0:
        return call0(target);
      case 1:
        return call1(target, bits(arguments, 0));
      case 2:
        return call2(target, bits(arguments, 0), bits(arguments, 1));
      case 3:
        return call3(target, bits(arguments, 0), bits(arguments, 1), bits(arguments, 2));
      default:
        return call4(
            target,
            bits(arguments, 0),
            bits(arguments, 1),
            bits(arguments, 2),
            bits(arguments, 3));
    }
  }

  private long bits(Object[] arguments, int index) {
    try {
      return Scalars.bits(parameters[index].type, arguments[index]);
    } catch (Arguments.Refused refused) {
      throw badArgument(index, refused);
    }
  }

  private Object[] callWithObjects(Object[] arguments) {
    long[] words = new long[2 * Math.max(arguments.length, results.length)];
    Object[] objects = new Object[arguments.length];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = prepare(arguments, i, words);
    }
    Object result = call(target, objects, words);
    Reference.reachabilityFence(this);
    return results(result, words);
  }

  private Object[] results(Object result, long[] words) {
    if (results.length == 0) {
      return null;
    }
    Object[] all = results.length == 1 ? new Object[] {result} : (Object[]) result;
    for (int i = 0; i < all.length; i++) {
      if (Types.isScalar((int) words[2 * i])) {
        all[i] = Scalars.box(results[i].type, (int) words[2 * i], words[2 * i + 1]);
      }
    }
    return all;
  }

  private MetaFFIException wrongCount(int count) {
    String plural = most - hidden == 1 ? " argument (" : " arguments (";
    String more = most == Integer.MAX_VALUE ? " or more" : " to " + (most - hidden);
    String counts = parameters.length - hidden + (most > parameters.length ? more : "");
    int first = Math.min(hidden, parameters.length);
    String types = Types.list(Arrays.copyOfRange(parameters, first, parameters.length));
    return new MetaFFIException(
        this + " takes " + counts + plural + types + "), got " + (count - hidden));
  }

  private MetaFFIException badArgument(int index, RuntimeException refused) {
    return new MetaFFIException(located(index, refused));
  }

  private String located(int index, RuntimeException refused) {
    return this + ": argument " + (index + 1 - hidden) + ": " + refused.getMessage();
  }

  /** Says which argument is a released handle. */
  private MetaFFIException located(MetaFFIException error, Object[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      if (argument instanceof MetaFFIHandle && ((MetaFFIHandle) argument).released()) {
        return MetaFFIException.released(located(i, error));
      }
    }
    return error;
  }

  @Override
  public long newReference() {
    long callable = newReference(target);
    Reference.reachabilityFence(this);
    return callable;
  }

  @Override
  public void close() {
    close(target);
    Reference.reachabilityFence(this);
  }

  /** The quoted entity path, for error messages. */
  @Override
  public String toString() {
    return name.isEmpty() ? "the callable" : "`" + name + "`";
  }

  /** The target of a {@code metaffi_callable}, of which it takes ownership. */
  private static native long target(long callable);

  /** The same with argument types, followed by the type of the result. */
  private static native long targetAs(long callable, int[] types, int count);

  /**
   * The number of parameters, the maximum number of arguments, then type and rank of each parameter
   * and each result.
   */
  private static native int[] signature(long target);

  /** Calls with bits alone; the bits of a handle are its native object, see {@link #use}. */
  static native long call0(long target);

  static native long call1(long target, long a);

  static native long call2(long target, long a, long b);

  static native long call3(long target, long a, long b, long c);

  static native long call4(long target, long a, long b, long c, long d);

  /** Like {@code call1} and so on, for a result that is an object or null. */
  static native Object callForObject1(long target, long a);

  static native Object callForObject2(long target, long a, long b);

  static native Object callForObject3(long target, long a, long b, long c);

  /** Like {@link #call} with up to three arguments, for a scalar result or none. */
  static native long callForBits(
      long target, long a1, long a2, Object a, long b1, long b2, Object b, long c1, long c2, Object c);

  /** The same for any other result whose declared type is definite. */
  static native Object callForObject(
      long target, long a1, long a2, Object a, long b1, long b2, Object b, long c1, long c2, Object c);

  /** The same with up to four arguments, for at most two results as {@link #call} returns them. */
  private static native Object callForAny(
      long target, int count, long a1, long a2, Object a, long b1, long b2, Object b, long c1,
      long c2, Object c, long d1, long d2, Object d, long[] words);

  /**
   * Calls with arguments of any type.
   *
   * @param objects one for each argument
   * @param words two for each argument, see {@link Arguments#prepare}; on return two for each
   *     result: its type, and its bits if it is a scalar
   * @return the result, or an array of several; null if the words hold everything
   */
  private static native Object call(long target, Object[] objects, long[] words);

  private static native long newReference(long target);

  /** Releases the callee once no call is under way. */
  private static native void close(long target);

  /** The same, and frees the target. */
  private static native void free(long target);
}
