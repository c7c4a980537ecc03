package metaffi.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads arguments and writes results for stub code, in a {@code metaffi_frame} by its address. The
 * offsets of the fields of that and of a {@code metaffi_value} are those in {@code metaffi.h}; the
 * plugin's tests check them.
 * plugin's tests hold it.
 */
final class UpcallValues {
  private static final int VALUE = 24;
  private static final int LENGTH = 8;
  private static final int PAYLOAD = 16;

  private static final int RESULTS = 8;
  private static final int ARENA_NEXT = 24;
  private static final int ARENA_END = 32;

  /** The shift, in an object's word, of the object's number in {@link UpcallObjects}. */
  private static final int NUMBER = 32;

  private static final int STRING8 = 1 << 12;
  private static final long NULL = 1L << 19;

  /** The header of a string in the arena. */
  private static final long TEXT = STRING8 | 1L << 40;

  private UpcallValues() {}

  static long args(long frame) throws Throwable {
    return Memory.getLong(frame);
  }

  private static long slot(long args, int index) {
    return args + VALUE * (long) index;
  }

  private static long payload(long args, int index) throws Throwable {
    return Memory.getLong(slot(args, index) + PAYLOAD);
  }

  /** The length of a string or an array; it fits into an int, as the plugin has checked. */
  private static int length(long args, int index) throws Throwable {
    return (int) Memory.getLong(slot(args, index) + LENGTH);
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

  /** A string from valid UTF-8. */
  static Object textAt(long args, int index) throws Throwable {
    byte[] bytes = Memory.bytes(payload(args, index), length(args, index));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A Java object that has a number. */
  static Object objectAt(long args, int index) throws Throwable {
    return UpcallObjects.at((int) (Memory.getLong(payload(args, index) + NUMBER) >>> 32));
  }

  static Object textOrObjectAt(long args, int index) throws Throwable {
    boolean isText = (int) Memory.getLong(slot(args, index)) == STRING8;
    return isText ? textAt(args, index) : objectAt(args, index);
  }

  static Object bytesAt(long args, int index) throws Throwable {
    return Memory.bytes(payload(args, index), length(args, index));
  }

  static Object charsAt(long args, int index) throws Throwable {
    return Memory.chars(payload(args, index), length(args, index));
  }

  static Object shortsAt(long args, int index) throws Throwable {
    return Memory.shorts(payload(args, index), length(args, index));
  }

  static Object intsAt(long args, int index) throws Throwable {
    return Memory.ints(payload(args, index), length(args, index));
  }

  static Object longsAt(long args, int index) throws Throwable {
    return Memory.longs(payload(args, index), length(args, index));
  }

  static Object floatsAt(long args, int index) throws Throwable {
    return Memory.floats(payload(args, index), length(args, index));
  }

  static Object doublesAt(long args, int index) throws Throwable {
    return Memory.doubles(payload(args, index), length(args, index));
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

  static int putText(Object result, long frame, long plan) throws Throwable {
    if (result == null) {
      return putNull(frame);
    }
    String text = (String) result;
    long next = Memory.getLong(frame + ARENA_NEXT);
    long room = Memory.getLong(frame + ARENA_END) - next;
    if (text.length() > room) {
      return give(text, frame, plan);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > room || !isAscii(text, bytes) && hasLoneSurrogate(text)) {
      return give(text, frame, plan);
    }
    Memory.put(next, bytes);
    Memory.putLong(frame + ARENA_NEXT, next + bytes.length);
    return put(TEXT, bytes.length, next, frame);
  }

  /**
   * Whether a string is ASCII, if a quick check decides it. If the lengths are equal, all of its
   * characters have one byte, except for lone surrogates, which become question marks.
   */
  private static boolean isAscii(String text, byte[] bytes) {
    if (bytes.length != text.length()) {
      return false;
    }
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      // A question mark becomes a zero byte, and the lowest zero byte gets its top bit set.
      long differs = (long) WORDS.get(bytes, at) ^ QUESTION_MARKS;
      if ((differs - ONES & ~differs & ONES << 7) != 0) {
        return false;
      }
    }
    for (; at < bytes.length; at++) {
      if (bytes[at] == '?') {
        return false;
      }
    }
    return true;
  }

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long QUESTION_MARKS = ONES * '?';

  private static boolean hasLoneSurrogate(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(at))) {
          return true;
        }
        at++;
      }
    }
    return false;
  }

  /** Enough calls for the JVM to compile the code. */
  private static final int WARM = 6000;

  /**
   * Gets everything compiled before a stub needs it.
   *
   * @param frame a frame of one argument and one result, both of any type: the argument's payload
   *     is the address of some text, its length that of the text and of an array in the same place
   * @throws Throwable never
   */
  static void warmUp(long frame) throws Throwable {
    long args = args(frame);
    long next = Memory.getLong(frame + ARENA_NEXT);
    for (int i = 0; i < WARM; i++) {
      nothing(frame);
      put(booleanAt(args, 0), frame, 0);
      put(floatAt(args, 0), frame, 0);
      put(doubleAt(args, 0), frame, 0);
      putUnsigned8(byteAt(args, 0), frame, 0);
      putUnsigned16(shortAt(args, 0) + charAt(args, 0), frame, 0);
      putUnsigned32(intAt(args, 0), frame, 0);
      put(longAt(args, 0), frame, 0);
      putText(textAt(args, 0), frame, 0);
      Memory.putLong(frame + ARENA_NEXT, next);
      bytesAt(args, 0);
      intsAt(args, 0);
      longsAt(args, 0);
      doublesAt(args, 0);
    }
  }

  static int putOther(Object result, long frame, long plan) throws Throwable {
    return result == null ? putNull(frame) : give(result, frame, plan);
  }

  /** Lets the plugin write a result that is more than bits. */
  private static native int give(Object result, long frame, long plan);

  /** Lets the plugin make the error of an exception. */
  static native int fail(Throwable thrown, long frame);
}
