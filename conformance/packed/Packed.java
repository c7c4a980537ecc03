import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Packed arrays. */
public class Packed {
  private Packed() {}

  public static double[] echoFloat64s(double[] values) {
    return values;
  }

  public static float[] echoFloat32s(float[] values) {
    return values;
  }

  public static long[] echoInt64s(long[] values) {
    return values;
  }

  public static int[] echoInt32s(int[] values) {
    return values;
  }

  public static short[] echoInt16s(short[] values) {
    return values;
  }

  public static byte[] echoInt8s(byte[] values) {
    return values;
  }

  public static byte[] echoUint8s(byte[] values) {
    return values;
  }

  public static short[] echoUint16s(short[] values) {
    return values;
  }

  public static int[] echoUint32s(int[] values) {
    return values;
  }

  public static long[] echoUint64s(long[] values) {
    return values;
  }

  public static boolean[] echoBools(boolean[] values) {
    return values;
  }

  public static double sum(double[] values) {
    return DoubleStream.of(values).sum();
  }

  public static long[] range(long count) {
    return LongStream.range(0, count).toArray();
  }

  public static long last(long[] values) {
    return values[values.length - 1];
  }

  public static void collect() {
    System.gc();
  }
}
