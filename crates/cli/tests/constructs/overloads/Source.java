/** Several functions with the same name. */
public class Source {
    public Source() {}

    public Source(String text) {}

    public static String join(String first, String second) {
        return first + second;
    }

    public static String join(String first, int... numbers) {
        return first;
    }

    public long add(long number) {
        return number;
    }

    public double add(double number) {
        return number;
    }

    public String add(Object other) {
        return "" + other;
    }
}
