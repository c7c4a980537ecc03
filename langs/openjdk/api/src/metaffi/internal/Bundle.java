package metaffi.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import metaffi.MetaFFIException;

/**
 * The installation embedded in the jar for this platform, unpacked once into the user's cache: by
 * its digest, under a lock, so that JVMs that start at the same time unpack it once.
 */
final class Bundle {
  private static final String FOLDER = "/META-INF/metaffi/";

  private Bundle() {}

  /**
   * Returns the unpacked installation.
   *
   * @return its folder, or null if the jar has none for this platform
   * @throws MetaFFIException if it cannot be unpacked, naming the folder and the reason
   */
  static Path home() {
    String platform = platform();
    try (InputStream digest = Bundle.class.getResourceAsStream(FOLDER + platform + ".sha256")) {
      return digest == null ? null : unpacked(platform, read(digest), installations());
    } catch (IOException e) {
      throw new MetaFFIException(
          "the installation in metaffi-api cannot be unpacked into " + installations()
              + ": " + e + "; free some space there, set XDG_CACHE_HOME to another cache folder, or"
              + " set METAFFI_HOME to an installation");
    }
  }

  /** The platform as it is named in the jar: {@code linux-x86_64}. */
  static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macos" : os;
    return system + "-" + (arch.equals("amd64") ? "x86_64" : arch);
  }

  private static String read(InputStream text) throws IOException {
    return new String(text.readAllBytes(), StandardCharsets.US_ASCII).trim();
  }

  /** Where installations are unpacked, in the user's cache. */
  private static Path installations() {
    String os = System.getProperty("os.name", "");
    String variable = os.startsWith("Windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME";
    String named = System.getenv(variable);
    Path usual = Library.user().resolve(os.startsWith("Mac") ? "Library/Caches" : ".cache");
    Path cache = named == null || named.isEmpty() ? usual : Library.named(variable, named);
    return cache.resolve("metaffi").resolve("installations");
  }

  private static Path unpacked(String platform, String digest, Path folder) throws IOException {
    Path home = folder.resolve(digest.substring(0, 16));
    makePrivate(folder);
    if (Files.isDirectory(home)) {
      return home;
    }
    Path lock = folder.resolve(home.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (held.isValid() && !Files.isDirectory(home)) {
        unpack(platform, home);
      }
    }
    return home;
  }

  private static void unpack(String platform, Path home) throws IOException {
    Path scratch = home.resolveSibling(home.getFileName() + ".unpacking");
    delete(scratch);
    try (InputStream archive = Bundle.class.getResourceAsStream(FOLDER + platform + ".zip");
        ZipInputStream entries = new ZipInputStream(archive)) {
      for (ZipEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        Path file = scratch.resolve(entry.getName()).normalize();
        if (!file.startsWith(scratch)) {
          throw new IOException(entry.getName() + " is outside of the archive");
        }
        Files.createDirectories(file.getParent());
        Files.copy(entries, file);
        // This ZIP reader does not report which files are executable.
        if (isProgram(entry.getName()) && !file.toFile().setExecutable(true)) {
          throw new IOException(file + " cannot be made executable");
        }
      }
    }
    Files.move(scratch, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean isProgram(String name) {
    return name.startsWith("bin/") || name.startsWith("libexec/");
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  /** A folder that others can write to is refused: they could replace the code in it. */
  private static void makePrivate(Path folder) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(folder);
      return;
    }
    Set<PosixFilePermission> own = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(own));
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder);
    if (found.contains(PosixFilePermission.GROUP_WRITE)
        || found.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException("other users can write to it");
    }
  }
}
