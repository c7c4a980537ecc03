package metaffi.internal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;

/**
 * The class loader of one module: its jars, class folders and class files.
 *
 * <p>Its parent holds the class path of the environment, whose parent holds the API.
 */
public final class ModuleLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final ModuleLoader CLASS_PATH =
      new ModuleLoader(ModuleLoader.class.getClassLoader(), "the class path of the environment");
  private static final Set<String> ON_CLASS_PATH = ConcurrentHashMap.newKeySet();

  private final Map<String, Path> looseClasses = new HashMap<>();
  private final String description;
  private final Namespace namespace = new Namespace(this);
  private volatile NavigableSet<String> classes;
  private Class<?> callerFrame;

  /** The loader has no name, because the name would appear in every line of a stack trace. */
  private ModuleLoader(ClassLoader parent, String description) {
    super(new URL[0], parent);
    this.description = description;
  }

  /**
   * Makes the loader of a module.
   *
   * @param paths existing absolute paths
   * @param classPath entries of the environment's class path; new ones are added to it
   * @return a new loader
   * @throws IOException if a path is not a folder, a jar or a class file, naming the path
   */
  public static ModuleLoader open(String[] paths, String[] classPath) throws IOException {
    for (String entry : classPath) {
      if (ON_CLASS_PATH.add(entry)) {
        CLASS_PATH.addURL(url(Path.of(entry)));
      }
    }
    String description =
        paths.length == 0 ? "the JDK's module" : "module `" + String.join(";", paths) + "`";
    ModuleLoader loader = new ModuleLoader(CLASS_PATH, description);
    for (String path : paths) {
      loader.add(Path.of(path));
    }
    return loader;
  }

  private void add(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      addURL(url(path));
    } else if (path.toString().endsWith(".class")) {
      addClassFile(path);
    } else {
      addJar(path);
    }
  }

  private void addJar(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      jar.getManifest();
    } catch (IOException | SecurityException e) {
      throw new IOException(path + " cannot be read as a jar: " + e.getMessage(), e);
    }
    addURL(url(path));
  }

  /** Adds the root folder of the class's package, or the class alone if there is none. */
  private void addClassFile(Path path) throws IOException {
    String name = ClassFile.nameOf(path);
    Path relative = Path.of(name.replace('.', File.separatorChar) + ".class");
    looseClasses.put(name, path);
    if (path.endsWith(relative)) {
      Path root = path;
      for (int i = 0; i < relative.getNameCount(); i++) {
        root = root.getParent();
      }
      addURL(url(root));
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    Path loose = looseClasses.get(name);
    if (loose == null) {
      return super.findClass(name);
    }
    try {
      byte[] code = Files.readAllBytes(loose);
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** The class that calls caller-sensitive methods for this module. */
  synchronized Class<?> callerFrame() {
    if (callerFrame == null) {
      String name = CallerFrame.class.getName();
      try (InputStream in = CallerFrame.class.getResourceAsStream("CallerFrame.class")) {
        byte[] code = in.readAllBytes();
        callerFrame = defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new UncheckedIOException("metaffi.api.jar cannot be read", e);
      }
    }
    return callerFrame;
  }

  /** The names of all its classes and those of the JDK; listed once, in a few milliseconds. */
  NavigableSet<String> classes() {
    if (classes == null) {
      classes = Classes.all(this);
    }
    return classes;
  }

  /** The module as an object, for those that look up its classes by name. */
  Namespace namespace() {
    return namespace;
  }

  @Override
  public String toString() {
    return description;
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }

  Set<String> looseClassNames() {
    return looseClasses.keySet();
  }

  /** The parent, if it is a module loader. */
  ModuleLoader parentModule() {
    return getParent() instanceof ModuleLoader ? (ModuleLoader) getParent() : null;
  }
}
