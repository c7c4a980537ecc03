package metaffi;

import java.lang.reflect.Method;
import java.util.Objects;
import metaffi.internal.JavaFunction;
import metaffi.internal.Library;

/**
 * A language's runtime in this process.
 *
 * <p>Starts when something is first loaded, or by {@link #loadRuntimePlugin}. Several objects for
 * the same runtime share it. Closing one of them releases the entities that were loaded through it;
 * the language itself stays until the process ends.
 *
 * <pre>{@code
 * try (MetaFFIRuntime runtime = new MetaFFIRuntime("go")) {
 *   MetaFFIModule module = runtime.loadModule("hello_MetaFFIGuest");
 *   ...
 * }
 * }</pre>
 */
public final class MetaFFIRuntime implements AutoCloseable {
  private final String runtimePlugin;

  /** Guarded by this; null while not loaded. */
  private RuntimeLoad load;

  /**
   * Names a runtime without loading it.
   *
   * @param runtimePlugin {@code python3}, {@code openjdk} (or {@code jvm}), {@code go}, {@code
   *     loopback}
   */
  public MetaFFIRuntime(String runtimePlugin) {
    this.runtimePlugin = Objects.requireNonNull(runtimePlugin, "runtimePlugin");
  }

  /**
   * Returns the runtime's name.
   *
   * @return the name passed to the constructor
   */
  public String runtimePlugin() {
    return runtimePlugin;
  }

  /**
   * Starts the runtime, if it has not been started yet.
   *
   * @throws MetaFFIException if there is no such runtime, listing the installed ones, or if it
   *     cannot be started
   */
  public void loadRuntimePlugin() {
    loaded();
  }

  /**
   * Releases what was loaded through this object: using it throws {@link MetaFFIException} from now
   * on. Loading something later loads the runtime again.
   */
  public void releaseRuntimePlugin() {
    RuntimeLoad released;
    synchronized (this) {
      released = load;
      load = null;
    }
    if (released != null) {
      released.close();
    }
  }

  /**
   * Loads a module; loads the runtime first if necessary.
   *
   * @param modulePath a path, several paths joined by {@code ;}, or an importable name
   * @return the module
   * @throws MetaFFIException if the module cannot be found, naming the paths that were tried
   */
  public MetaFFIModule loadModule(String modulePath) {
    return new MetaFFIModule(this, modulePath);
  }

  /** The native module at a path. */
  long load(String modulePath) {
    return loaded().module(modulePath);
  }

  /**
   * Wraps a Java method as a function that other languages can call. Its types are those that the
   * method declares.
   *
   * @param m the method; if it is not static, its object is the first argument
   * @return the function, to pass where a callable is declared; Java can call it too
   */
  public static Caller makeMetaffiCallable(Method m) {
    return makeMetaffiCallable((Object) m);
  }

  /**
   * Wraps a lambda, or another object of a functional interface, as a function that other languages
   * can call. This happens automatically where a callable is declared.
   *
   * @param function the object; its types are those that the interface's method declares
   * @return the function
   * @throws MetaFFIException if its class does not implement exactly one functional interface
   */
  public static Caller makeMetaffiCallable(Object function) {
    if (function instanceof Caller) {
      return (Caller) function;
    }
    Library.load();
    return new Caller(new JavaCallee(JavaFunction.of(function)));
  }

  private synchronized RuntimeLoad loaded() {
    if (load == null) {
      load = new RuntimeLoad(runtimePlugin);
    }
    return load;
  }

  /** Fails if the runtime was released: objects of modules need a loaded runtime. */
  synchronized void checkLoaded() {
    if (load == null) {
      throw MetaFFIException.released(
          "the runtime " + runtimePlugin + " was released: load the module again");
    }
  }

  /** Same as {@link #releaseRuntimePlugin}. */
  @Override
  public void close() {
    releaseRuntimePlugin();
  }

  @Override
  public synchronized String toString() {
    return "MetaFFIRuntime(" + runtimePlugin + (load == null ? ", not loaded)" : ", loaded)");
  }
}
