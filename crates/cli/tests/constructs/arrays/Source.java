/** Bytes, and arrays of numbers, of text and of objects. */
public class Source {
    public static byte[] reversed(byte[] bytes) {
        return bytes;
    }

    public static double mean(double[] numbers, long[][] weights) {
        return 0;
    }

    public static String[] lines(char[] text) {
        return new String[0];
    }

    public static Source[] all(Source[] sources, boolean... flags) {
        return sources;
    }
}
