/** A class and one that extends it. */
public class Inheritance {
  private Inheritance() {}

  /** Has a name. */
  public static class Animal {
    public String name;

    public Animal(String name) {
      this.name = name;
    }

    public static String kingdom() {
      return "animals";
    }

    public String sound() {
      return "something";
    }

    public String describe() {
      return name + " says " + sound();
    }
  }

  /** Fetches. */
  public static class Dog extends Animal {
    public Dog(String name) {
      super(name);
    }

    @Override
    public String sound() {
      return "woof";
    }

    public String fetch() {
      return name + " fetches";
    }
  }
}
