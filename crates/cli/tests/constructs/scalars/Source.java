/** Each scalar type, plain and boxed. */
public class Source {
    public static byte small(short number, char letter) {
        return 0;
    }

    public static int whole(long number, boolean flag) {
        return 0;
    }

    public static float part(double number) {
        return 0;
    }

    public static Integer boxed(Long number, Boolean flag, Double part) {
        return null;
    }
}
