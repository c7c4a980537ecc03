import static metaffi.MetaFFI.named;

import java.util.Map;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIObject;
import metaffi.MetaFFIRuntime;

public final class Main {
  /** What the program uses of a shelf. */
  interface Shelf {
    int size();

    Book longest(int atLeast);
  }

  interface Book {
    String getTitle();
  }

  /** Is a reader to Python: it has the method. */
  public static final class Whisperer {
    public String read(MetaFFIObject book) {
      return "psst, " + book.get("title");
    }
  }

  public static void main(String[] args) {
    MetaFFIModule library = new MetaFFIRuntime("python3").loadModule("library.py");
    MetaFFIObject momo = library.call("Book", "Momo", named("pages", 304));
    MetaFFIObject shelf = library.call("Shelf", momo, library.call("Book", "Emma"));

    momo.set("pages", 305);
    System.out.println(momo + "; " + momo.get("pages", int.class));
    System.out.println(shelf.call("longest", named("at_least", 200)).equals(momo));
    System.out.println(shelf.index(1).get("title") + ", " + shelf.size());
    for (MetaFFIObject book : shelf) {
      System.out.println("- " + book);
    }

    Map<String, MetaFFIObject> byTitle =
        shelf.get("by_title").asMap(String.class, MetaFFIObject.class);
    System.out.println(byTitle.get("Emma"));

    Shelf typed = shelf.as(Shelf.class);
    System.out.println(typed.longest(200).getTitle());
    System.out.println(library.call("aloud", new Whisperer(), shelf).toJava());
  }
}
