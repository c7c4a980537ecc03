package metaffi.internal;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;
import metaffi.MetaFFIException;

/** The native part, found and loaded when a program first needs it. */
public final class Library {
  /** The path of the native part in an installation. */
  private static final Path NATIVE_PART =
      Path.of("plugins", "openjdk", System.mapLibraryName("metaffi_openjdk"));

  /** The path of the hub in an installation; a folder that contains it is an installation. */
  private static final Path HUB = Path.of("lib", System.mapLibraryName("metaffi"));

  /** Guarded by the class. */
  private static boolean isLoaded;

  private Library() {}

  /**
   * Loads the native part, if it is not loaded yet.
   *
   * @throws MetaFFIException if there is none, listing what was tried, or if it cannot be loaded,
   *     with the reason
   */
  public static synchronized void load() {
    if (isLoaded) {
      return;
    }
    Path home = home();
    Path library = home.resolve(NATIVE_PART);
    try {
      System.load(library.toString());
    } catch (UnsatisfiedLinkError e) {
      throw new MetaFFIException(library + " cannot be loaded: " + e.getMessage() + hint(e));
    }
    start(home.toString());
    isLoaded = true;
  }

  private static String hint(UnsatisfiedLinkError error) {
    return String.valueOf(error.getMessage()).contains("already loaded in another classloader")
        ? "; put metaffi.api.jar on the class path that both share"
        : "; reinstall MetaFFI";
  }

  /** The installation; if {@code METAFFI_HOME} is set, only that folder is tried. */
  private static Path home() {
    StringJoiner tried = new StringJoiner(", ");
    for (Supplier<Optional<Path>> candidate : candidates()) {
      Optional<Path> home = candidate.get();
      if (home.isPresent()) {
        Path hub = home.get().resolve(HUB);
        if (Files.isRegularFile(hub)) {
          return real(home.get());
        }
        tried.add(hub.toString());
      }
    }
    throw new MetaFFIException(
        "no MetaFFI installation; tried " + tried + "; set METAFFI_HOME to the folder that contains "
            + HUB);
  }

  /** The folder with symbolic links resolved, so that everything uses the same path. */
  private static Path real(Path home) {
    try {
      return home.toRealPath();
    } catch (IOException e) {
      return home.toAbsolutePath();
    }
  }

  /** The candidates in order; each is computed when it is tried, because that costs time. */
  private static List<Supplier<Optional<Path>>> candidates() {
    String named = System.getenv("METAFFI_HOME");
    if (named != null && !named.isEmpty()) {
      return List.of(() -> Optional.of(named("METAFFI_HOME", named)));
    }
    return List.of(
        Library::shipped,
        Library::aroundProgram,
        () -> Optional.of(user().resolve(".metaffi")),
        () -> ofTheSystem("/usr/local/metaffi"),
        () -> ofTheSystem("/usr/lib/metaffi"));
  }

  /** The installation around this jar, or embedded in it. */
  private static Optional<Path> shipped() {
    Path around = around();
    return Optional.ofNullable(around == null ? Bundle.home() : around);
  }

  private static Optional<Path> ofTheSystem(String folder) {
    boolean isWindows = System.getProperty("os.name", "").startsWith("Windows");
    return isWindows ? Optional.empty() : Optional.of(Path.of(folder));
  }

  /** The folder above that of the running program: {@code bin/..}. */
  private static Optional<Path> aroundProgram() {
    Optional<Path> bin = ProcessHandle.current().info().command().map(p -> Path.of(p).getParent());
    return bin.map(Path::getParent);
  }

  /** The user's home folder: {@code HOME} if it is set, as in other programs, else Java's. */
  static Path user() {
    String named = System.getenv("HOME");
    boolean isNamed = named != null && !named.isEmpty();
    return isNamed ? named("HOME", named) : Path.of(System.getProperty("user.home", ""));
  }

  /** The folder in an environment variable. */
  static Path named(String variable, String folder) {
    try {
      return Path.of(folder);
    } catch (InvalidPathException e) {
      throw new MetaFFIException(
          variable + " (" + folder + ") contains a character that Java cannot encode in the locale"
              + " of this process: start the program with LC_ALL=C.UTF-8 or another UTF-8 locale");
    }
  }

  /** The installation that contains this jar, if there is one. */
  private static Path around() {
    try {
      CodeSource source = Library.class.getProtectionDomain().getCodeSource();
      if (source == null) {
        return null;
      }
      Path folder = Path.of(source.getLocation().toURI()).toRealPath().getParent();
      return folder.endsWith(NATIVE_PART.getParent()) ? folder.getParent().getParent() : null;
    } catch (URISyntaxException
        | IllegalArgumentException
        | FileSystemNotFoundException
        | IOException e) {
      return null; // inside another archive
    }
  }

  /**
   * Opens the hub of an installation, and registers the native methods of this API's classes.
   */
  private static native void start(String home);

  /**
   * Returns how many objects of a runtime are held by others, for tests that look for leaks.
   *
   * @param runtime its name
   * @return zero when nothing is held
   */
  public static native long liveObjects(String runtime);
}
