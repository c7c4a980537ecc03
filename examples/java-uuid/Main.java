import metaffi.MetaFFIException;
import uuid.UUID;
import uuid.UuidModule;

/** Creates and parses UUIDs. */
public final class Main {
  private static final String TEXT = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

  /** Runs it. */
  public static void main(String[] args) {
    UuidModule.bindModuleToCode("uuid_MetaFFIGuest", "go");
    UUID parsed = UuidModule.Parse(TEXT);
    System.out.println(parsed.equals(UuidModule.MustParse(TEXT.toUpperCase())));
    System.out.println(UuidModule.NewString().length());
    System.out.println(parsed);
    try {
      UuidModule.Parse("nonsense");
    } catch (MetaFFIException e) {
      System.out.println(e.getMessage());
    }
  }
}
