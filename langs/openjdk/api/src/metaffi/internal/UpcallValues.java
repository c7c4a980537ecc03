package metaffi.internal;

import java.nio.charset.StandardCharsets;

/**
 * What the code of stubs reads arguments and writes results with, in a {@code metaffi_frame} by its
 * address. Where the fields of that and of a {@code metaffi_value} are, {@code metaffi.h} says; the
 * plugin's tests hold it.
 */
final class UpcallValues {
  private static final int VALUE = 24;
  private static final int LENGTH = 8;
  private static final int PAYLOAD = 16;

  private static final int RESULTS = 8;
  private static final int ARENA_NEXT = 24;
  private static final int ARENA_END = 32;

  private static final long NULL = 1L << 19;
  /** A text in the arena. */
  private static final long TEXT = 1L << 12 | 1L << 40;

  private UpcallValues() {}

  static long args(long frame) throws Throwable {
    return Memory.getLong(frame);
  }

  private static long payload(long args, int index) throws Throwable {
    return Memory.getLong(args + VALUE * (long) index + PAYLOAD);
  }

  static boolean booleanAt(long args, int index) throws Throwable {
    return payload(args, index) != 0;
  }

  static byte byteAt(long args, int index) throws Throwable {
    return (byte) payload(args, index);
  }

  static char charAt(long args, int index) throws Throwable {
    return (char) payload(args, index);
  }

  static short shortAt(long args, int index) throws Throwable {
    return (short) payload(args, index);
  }

  static int intAt(long args, int index) throws Throwable {
    return (int) payload(args, index);
  }

  static long longAt(long args, int index) throws Throwable {
    return payload(args, index);
  }

  static float floatAt(long args, int index) throws Throwable {
    return Float.intBitsToFloat((int) payload(args, index));
  }

  static double doubleAt(long args, int index) throws Throwable {
    return Double.longBitsToDouble(payload(args, index));
  }

  static int nothing(long frame) {
    return 0;
  }

  static int putNull(long frame) throws Throwable {
    return put(0L, frame, NULL);
  }

  static int put(long bits, long frame, long type) throws Throwable {
    return put(type, 0, bits, frame);
  }

  private static int put(long header, long length, long payload, long frame) throws Throwable {
    long slot = Memory.getLong(frame + RESULTS);
    Memory.putLong(slot, header);
    Memory.putLong(slot + LENGTH, length);
    Memory.putLong(slot + PAYLOAD, payload);
    return 0;
  }

  static int put(boolean value, long frame, long type) throws Throwable {
    return put(value ? 1L : 0L, frame, type);
  }

  static int put(float value, long frame, long type) throws Throwable {
    return put(Integer.toUnsignedLong(Float.floatToRawIntBits(value)), frame, type);
  }

  static int put(double value, long frame, long type) throws Throwable {
    return put(Double.doubleToRawLongBits(value), frame, type);
  }

  static int putUnsigned8(long value, long frame, long type) throws Throwable {
    return put(value & 0xFF, frame, type);
  }

  static int putUnsigned16(long value, long frame, long type) throws Throwable {
    return put(value & 0xFFFF, frame, type);
  }

  static int putUnsigned32(long value, long frame, long type) throws Throwable {
    return put(value & 0xFFFF_FFFFL, frame, type);
  }

  static int putOther(Object result, long frame, long plan) throws Throwable {
    return result == null ? putNull(frame) : give(result, frame, plan);
  }

  /** The plugin writes a result that is more than bits. */
  private static native int give(Object result, long frame, long plan);

  /** The plugin makes the error of what was thrown. */
  static native int fail(Throwable thrown, long frame);
}
