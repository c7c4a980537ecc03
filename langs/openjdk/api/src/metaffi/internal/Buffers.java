package metaffi.internal;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import metaffi.internal.Arguments.Refused;

/** The contents of {@code java.nio} buffers, from position to limit. */
final class Buffers {
  /** A bit of the first word: the object is a direct buffer. */
  private static final long DIRECT = 1L << 40;

  /** A bit of the first word: it is writable. */
  private static final long WRITABLE = 1L << 41;

  private Buffers() {}

  /**
   * Passes a direct buffer in native byte order without a copy: the second word holds its position,
   * and its length in the upper half. Any other buffer is copied into an array.
   */
  static Object prepare(int element, Buffer buffer, long[] words, int at) {
    if (buffer.isDirect() && order(buffer) == ByteOrder.nativeOrder() && fits(element, buffer)) {
      words[at] |= buffer.isReadOnly() ? DIRECT : DIRECT | WRITABLE;
      words[at + 1] = (long) buffer.remaining() << 32 | buffer.position();
      return buffer;
    }
    if (!fits(element, buffer)) {
      throw Refused.type(Types.name(element) + "_array", buffer);
    }
    return copy(buffer);
  }

  private static boolean fits(int element, Buffer buffer) {
    switch (element) {
      case Types.INT8:
      case Types.UINT8:
      case Types.CHAR8:
        return buffer instanceof ByteBuffer;
      case Types.INT16:
      case Types.UINT16:
        return buffer instanceof ShortBuffer;
      case Types.CHAR16:
        return buffer instanceof CharBuffer;
      case Types.INT32:
      case Types.UINT32:
      case Types.CHAR32:
        return buffer instanceof IntBuffer;
      case Types.INT64:
      case Types.UINT64:
      case Types.SIZE:
        return buffer instanceof LongBuffer;
      case Types.FLOAT32:
        return buffer instanceof FloatBuffer;
      case Types.FLOAT64:
        return buffer instanceof DoubleBuffer;
      default:
        return false;
    }
  }

  /** Bytes have no order, so theirs counts as native. */
  private static ByteOrder order(Buffer buffer) {
    if (buffer instanceof LongBuffer) {
      return ((LongBuffer) buffer).order();
    }
    if (buffer instanceof DoubleBuffer) {
      return ((DoubleBuffer) buffer).order();
    }
    if (buffer instanceof IntBuffer) {
      return ((IntBuffer) buffer).order();
    }
    if (buffer instanceof FloatBuffer) {
      return ((FloatBuffer) buffer).order();
    }
    if (buffer instanceof ShortBuffer) {
      return ((ShortBuffer) buffer).order();
    }
    return buffer instanceof CharBuffer
        ? ((CharBuffer) buffer).order()
        : ByteOrder.nativeOrder();
  }

  private static Object copy(Buffer buffer) {
    int length = buffer.remaining();
    if (buffer instanceof ByteBuffer) {
      byte[] to = new byte[length];
      ((ByteBuffer) buffer).duplicate().get(to);
      return to;
    }
    if (buffer instanceof ShortBuffer) {
      short[] to = new short[length];
      ((ShortBuffer) buffer).duplicate().get(to);
      return to;
    }
    if (buffer instanceof CharBuffer) {
      char[] to = new char[length];
      ((CharBuffer) buffer).duplicate().get(to);
      return to;
    }
    if (buffer instanceof IntBuffer) {
      int[] to = new int[length];
      ((IntBuffer) buffer).duplicate().get(to);
      return to;
    }
    return copyWide(buffer, length);
  }

  private static Object copyWide(Buffer buffer, int length) {
    if (buffer instanceof LongBuffer) {
      long[] to = new long[length];
      ((LongBuffer) buffer).duplicate().get(to);
      return to;
    }
    if (buffer instanceof FloatBuffer) {
      float[] to = new float[length];
      ((FloatBuffer) buffer).duplicate().get(to);
      return to;
    }
    double[] to = new double[length];
    ((DoubleBuffer) buffer).duplicate().get(to);
    return to;
  }
}
