package choice;

import java.util.List;

/** Returns which of its overloads was called. */
public class Choice extends Parent {
    public enum Size { SMALL, LARGE }

    public static class Nested {
        public String hello(String name) { return "hello " + name; }
    }

    public static int count = 1;
    public final String name;
    public long amount;

    public Choice() { this("nobody"); }
    public Choice(String name) { this.name = name; }
    public Choice(Choice other, long amount) { this(other.name); this.amount = amount; }

    public String text(String value) { return "String"; }
    public String text(CharSequence value) { return "CharSequence"; }
    public String text(Object value) { return "Object"; }

    public String sequence(CharSequence value) { return "CharSequence"; }
    public String sequence(Object value) { return "Object"; }

    public String number(boolean value) { return "boolean"; }
    public String number(int value) { return "int"; }
    public String number(long value) { return "long"; }
    public String number(double value) { return "double"; }
    public String number(String value) { return "String"; }

    public String object(Choice value) { return "Choice"; }
    public String object(Parent value) { return "Parent"; }
    public String object(Object value) { return "Object"; }

    public String list(int[] values) { return "int[]"; }
    public String list(double[] values) { return "double[]"; }
    public String list(String[] values) { return "String[]"; }
    public String list(byte[] values, boolean flag) { return "byte[]"; }

    public String rest(String first) { return "String"; }
    public String rest(String first, Object... more) { return "Object... " + more.length; }
    public String rest(int first, int... more) { return "int... " + more.length; }

    /** Hides nothing: the parent's overloads remain accessible. */
    public String shared(int value) { return "Choice.shared(int)"; }

    public Choice self() { return this; }
    public Choice[] both(Choice other) { return new Choice[] {this, other}; }
    public Choice nothing() { return null; }
    public Parent parent() { return this; }
    public List<String> foreign() { return List.of("a"); }
    public String read(List<String> list) { return String.join(",", list); }
    public Size size(Size size) { return size == Size.SMALL ? Size.LARGE : Size.SMALL; }

    public static String twice(String text) { return text + text; }
    public static Choice make(String name) { return new Choice(name); }
}
