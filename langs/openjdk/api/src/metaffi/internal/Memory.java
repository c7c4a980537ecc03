package metaffi.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/**
 * Native memory by its address, for JDK 22 and later, which have {@code java.lang.foreign}.
 *
 * <p>This class is compiled for Java 11, so it looks up that package by name, once. The handles are
 * constants, which the JIT compiler turns into single instructions.
 */
final class Memory {
  private static final MethodHandle GET_LONG;
  private static final MethodHandle PUT_LONG;
  private static final MethodHandle READ_BYTES;
  private static final MethodHandle READ_CHARS;
  private static final MethodHandle READ_SHORTS;
  private static final MethodHandle READ_INTS;
  private static final MethodHandle READ_LONGS;
  private static final MethodHandle READ_FLOATS;
  private static final MethodHandle READ_DOUBLES;
  private static final MethodHandle WRITE_BYTES;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
      Class<?> layout = Class.forName("java.lang.foreign.ValueLayout");
      Class<?> ofLong = Class.forName("java.lang.foreign.ValueLayout$OfLong");
      // This class must be the caller, because the method is restricted.
      Method reinterpret = segment.getMethod("reinterpret", long.class);
      Object all = reinterpret.invoke(segment.getField("NULL").get(null), Long.MAX_VALUE);
      Object longs = layout.getField("JAVA_LONG").get(null);

      MethodType type = MethodType.methodType(long.class, ofLong, long.class);
      MethodHandle get = lookup.findVirtual(segment, "get", type);
      GET_LONG = MethodHandles.insertArguments(get, 0, all, longs);
      type = MethodType.methodType(void.class, ofLong, long.class, long.class);
      MethodHandle set = lookup.findVirtual(segment, "set", type);
      PUT_LONG = MethodHandles.insertArguments(set, 0, all, longs);

      Class<?>[] types = {segment, layout, long.class, Object.class, int.class, int.class};
      MethodHandle copy =
          lookup.findStatic(segment, "copy", MethodType.methodType(void.class, types));
      copy = MethodHandles.insertArguments(copy, 0, all);
      READ_BYTES = read(copy, layout, "JAVA_BYTE");
      READ_CHARS = read(copy, layout, "JAVA_CHAR_UNALIGNED");
      READ_SHORTS = read(copy, layout, "JAVA_SHORT_UNALIGNED");
      READ_INTS = read(copy, layout, "JAVA_INT_UNALIGNED");
      READ_LONGS = read(copy, layout, "JAVA_LONG_UNALIGNED");
      READ_FLOATS = read(copy, layout, "JAVA_FLOAT_UNALIGNED");
      READ_DOUBLES = read(copy, layout, "JAVA_DOUBLE_UNALIGNED");

      Class<?>[] reversed = {Object.class, int.class, segment, layout, long.class, int.class};
      copy = lookup.findStatic(segment, "copy", MethodType.methodType(void.class, reversed));
      Object bytes = layout.getField("JAVA_BYTE").get(null);
      WRITE_BYTES = MethodHandles.insertArguments(copy, 2, all, bytes);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Memory() {}

  /** A reader {@code (address, array, 0, length)} for arrays of one layout. */
  private static MethodHandle read(MethodHandle copy, Class<?> layout, String name)
      throws ReflectiveOperationException {
    return MethodHandles.insertArguments(copy, 0, layout.getField(name).get(null));
  }

  static long getLong(long address) throws Throwable {
    return (long) GET_LONG.invokeExact(address);
  }

  static void putLong(long address, long value) throws Throwable {
    PUT_LONG.invokeExact(address, value);
  }

  static byte[] bytes(long address, int length) throws Throwable {
    byte[] to = new byte[length];
    READ_BYTES.invokeExact(address, (Object) to, 0, length);
    return to;
  }

  static char[] chars(long address, int length) throws Throwable {
    char[] to = new char[length];
    READ_CHARS.invokeExact(address, (Object) to, 0, length);
    return to;
  }

  static short[] shorts(long address, int length) throws Throwable {
    short[] to = new short[length];
    READ_SHORTS.invokeExact(address, (Object) to, 0, length);
    return to;
  }

  static int[] ints(long address, int length) throws Throwable {
    int[] to = new int[length];
    READ_INTS.invokeExact(address, (Object) to, 0, length);
    return to;
  }

  static long[] longs(long address, int length) throws Throwable {
    long[] to = new long[length];
    READ_LONGS.invokeExact(address, (Object) to, 0, length);
    return to;
  }

  static float[] floats(long address, int length) throws Throwable {
    float[] to = new float[length];
    READ_FLOATS.invokeExact(address, (Object) to, 0, length);
    return to;
  }

  static double[] doubles(long address, int length) throws Throwable {
    double[] to = new double[length];
    READ_DOUBLES.invokeExact(address, (Object) to, 0, length);
    return to;
  }

  static void put(long address, byte[] bytes) throws Throwable {
    WRITE_BYTES.invokeExact((Object) bytes, 0, address, bytes.length);
  }
}
