/** Arrays of every rank. */
public class Arrays {
  private Arrays() {}

  public static byte[] echoBytes(byte[] items) {
    return items;
  }

  public static byte[] echoInt8s(byte[] items) {
    return items;
  }

  public static short[] echoInt16s(short[] items) {
    return items;
  }

  public static int[] echoInt32s(int[] items) {
    return items;
  }

  public static long[] echoInt64s(long[] items) {
    return items;
  }

  public static short[] echoUint16s(short[] items) {
    return items;
  }

  public static int[] echoUint32s(int[] items) {
    return items;
  }

  public static long[] echoUint64s(long[] items) {
    return items;
  }

  public static float[] echoFloat32s(float[] items) {
    return items;
  }

  public static double[] echoFloat64s(double[] items) {
    return items;
  }

  public static boolean[] echoBools(boolean[] items) {
    return items;
  }

  public static String[] echoStrings(String[] items) {
    return items;
  }

  public static long[][] echoTable(long[][] items) {
    return items;
  }

  public static double[][][] echoCube(double[][][] items) {
    return items;
  }

  public static String[][] echoStringTable(String[][] items) {
    return items;
  }

  public static long[] lengths(long[][] table) {
    long[] lengths = new long[table.length];
    for (int i = 0; i < table.length; i++) {
      lengths[i] = table[i].length;
    }
    return lengths;
  }

  public static long[][] ragged() {
    return new long[][] {{1, 2, 3}, {}, {4}};
  }

  public static double total(double[][][] cube) {
    double total = 0;
    for (double[][] table : cube) {
      for (double[] row : table) {
        for (double value : row) {
          total += value;
        }
      }
    }
    return total;
  }

  public static String join(String[] words, String separator) {
    return String.join(separator, words);
  }
}
