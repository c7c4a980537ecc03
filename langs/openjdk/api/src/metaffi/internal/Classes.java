package metaffi.internal;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Array;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Finds classes by the names that users write, and lists names for suggestions. */
public final class Classes {
  private static final String SUFFIX = ".class";

  private Classes() {}

  /**
   * Finds the type of a name. The name may be that of a primitive type, {@code a.b.Outer.Inner} for
   * {@code a.b.Outer$Inner}, or an array type such as {@code a.b.C[]}.
   *
   * @param name as the user wrote it
   * @param loader the module's loader
   * @return the class, not initialized
   * @throws ClassNotFoundException if there is none
   */
  public static Class<?> find(String name, ClassLoader loader) throws ClassNotFoundException {
    if (name.endsWith("[]")) {
      Class<?> component = find(name.substring(0, name.length() - 2), loader);
      return Array.newInstance(component, 0).getClass();
    }
    Class<?> primitive = primitive(name);
    return primitive != null ? primitive : reference(name.replace('/', '.'), loader);
  }

  private static Class<?> reference(String name, ClassLoader loader)
      throws ClassNotFoundException {
    for (String tried = name; ; ) {
      try {
        return Class.forName(tried, false, loader);
      } catch (ClassNotFoundException e) {
        int dot = tried.lastIndexOf('.');
        if (dot < 0) {
          throw new ClassNotFoundException(name, e);
        }
        tried = tried.substring(0, dot) + '$' + tried.substring(dot + 1);
      }
    }
  }

  private static Class<?> primitive(String name) {
    switch (name) {
      case "boolean":
        return boolean.class;
      case "byte":
        return byte.class;
      case "char":
        return char.class;
      case "short":
        return short.class;
      case "int":
        return int.class;
      case "long":
        return long.class;
      case "float":
        return float.class;
      case "double":
        return double.class;
      default:
        return null;
    }
  }

  /**
   * Lists the classes of a module, and those of {@code java.base}.
   *
   * @param loader the module's loader
   * @return binary names; empty if they cannot be listed
   */
  public static String[] names(ModuleLoader loader) {
    Set<String> names = ownNames(loader);
    addPlatformNames("java.base", names);
    return names.toArray(new String[0]);
  }

  /** The same with all modules of the JDK that export packages. */
  static NavigableSet<String> all(ModuleLoader loader) {
    NavigableSet<String> names = ownNames(loader);
    for (Module module : ModuleLayer.boot().modules()) {
      addPlatformNames(module.getName(), names);
    }
    return names;
  }

  private static NavigableSet<String> ownNames(ModuleLoader loader) {
    NavigableSet<String> names = new TreeSet<>(loader.looseClassNames());
    for (ModuleLoader each = loader; each != null; each = each.parentModule()) {
      for (URL url : each.getURLs()) {
        addNames(url, names);
      }
    }
    return names;
  }

  private static void addNames(URL url, Set<String> names) {
    try {
      Path path = Path.of(url.toURI());
      if (Files.isDirectory(path)) {
        addFolder(path, names);
      } else if (Files.isRegularFile(path)) {
        addJar(path, names);
      }
    } catch (IOException | URISyntaxException | SecurityException e) {
      return; // suggestions are optional
    }
  }

  private static void addJar(Path path, Set<String> names) throws IOException {
    try (JarFile jar = new JarFile(path.toFile());
        Stream<String> entries = jar.stream().map(ZipEntry::getName)) {
      entries.forEach(entry -> addEntry(entry, names));
    }
  }

  private static void addFolder(Path folder, Set<String> names) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.forEach(file -> addEntry(folder.relativize(file).toString(), names));
    }
  }

  private static void addPlatformNames(String module, Set<String> names) {
    ModuleReference found = ModuleFinder.ofSystem().find(module).orElse(null);
    if (found == null) {
      return; // in a module layer of the program
    }
    Set<String> exported = exported(found.descriptor());
    try (ModuleReader reader = found.open();
        Stream<String> entries = reader.list()) {
      entries
          .filter(entry -> exported.contains(entry.substring(0, entry.lastIndexOf('/') + 1)))
          .forEach(entry -> addEntry(entry, names));
    } catch (IOException | SecurityException e) {
      return; // as above
    }
  }

  /** The packages that a module exports to everyone, as folders. */
  private static Set<String> exported(ModuleDescriptor module) {
    return module.exports().stream()
        .filter(exports -> !exports.isQualified())
        .map(exports -> exports.source().replace('.', '/') + "/")
        .collect(Collectors.toSet());
  }

  private static void addEntry(String entry, Set<String> names) {
    if (entry.endsWith(SUFFIX) && !entry.startsWith("META-INF")) {
      String name = entry.substring(0, entry.length() - SUFFIX.length());
      names.add(name.replace(File.separatorChar, '.').replace('/', '.'));
    }
  }
}
