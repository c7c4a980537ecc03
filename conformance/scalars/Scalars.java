/** Every scalar type; the unsigned ones are stored bit for bit. */
public class Scalars {
  private Scalars() {}

  public static byte echoInt8(byte value) {
    return value;
  }

  public static short echoInt16(short value) {
    return value;
  }

  public static int echoInt32(int value) {
    return value;
  }

  public static long echoInt64(long value) {
    return value;
  }

  public static byte echoUint8(byte value) {
    return value;
  }

  public static short echoUint16(short value) {
    return value;
  }

  public static int echoUint32(int value) {
    return value;
  }

  public static long echoUint64(long value) {
    return value;
  }

  public static long echoSize(long value) {
    return value;
  }

  public static float echoFloat32(float value) {
    return value;
  }

  public static double echoFloat64(double value) {
    return value;
  }

  public static boolean echoBool(boolean value) {
    return value;
  }

  public static boolean negate(boolean value) {
    return !value;
  }

  public static long addInt64(long a, long b) {
    return a + b;
  }

  public static double half(double value) {
    return value / 2;
  }

  public static void nothing() {}
}
