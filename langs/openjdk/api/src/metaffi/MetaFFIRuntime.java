package metaffi;

import java.lang.reflect.Method;
import java.util.Objects;
import metaffi.internal.JavaFunction;
import metaffi.internal.Library;

/**
 * A language's runtime in this process.
 *
 * <p>It is started when something is first loaded, or by {@link #loadRuntimePlugin}. Several objects
 * of one runtime share it. Closing one releases the entities that were loaded through it; the
 * language itself stays until the process ends.
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

  /** Guarded by this; null while it is not loaded. */
  private RuntimeLoad load;

  /**
   * Names a runtime, and loads nothing yet.
   *
   * @param runtimePlugin {@code python3}, {@code openjdk} (or {@code jvm}), {@code go}, {@code
   *     loopback}
   */
  public MetaFFIRuntime(String runtimePlugin) {
    this.runtimePlugin = Objects.requireNonNull(runtimePlugin, "runtimePlugin");
  }

  /**
   * The runtime's name.
   *
   * @return as it was given
   */
  public String runtimePlugin() {
    return runtimePlugin;
  }

  /**
   * Starts the runtime, unless that was done.
   *
   * @throws MetaFFIException when there is no such runtime, listing those that there are, or when it
   *     cannot be started
   */
  public void loadRuntimePlugin() {
    loaded();
  }

  /**
   * Makes what was loaded through this object throw {@link MetaFFIException} from now on. Something
   * loaded through it later loads the runtime again.
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
   * Loads a module; the runtime is loaded if need be.
   *
   * @param modulePath a path, several joined by {@code ;}, or an importable name
   * @return the module
   * @throws MetaFFIException naming the paths tried when there is none
   */
  public MetaFFIModule loadModule(String modulePath) {
    return new MetaFFIModule(this, modulePath);
  }

  /** The native module at a path. */
  long load(String modulePath) {
    return loaded().module(modulePath);
  }

  /**
   * Makes a method a function that other languages can call. Its types are those that the method
   * declares.
   *
   * @param m the method; when it is no static one, its object is the first argument
   * @return the function, to be passed where a callable is declared; Java can call it too
   */
  public static Caller makeMetaffiCallable(Method m) {
    return makeMetaffiCallable((Object) m);
  }

  /**
   * Makes a lambda, or another object of a functional interface, a function that other languages can
   * call. Where a callable is declared this happens by itself.
   *
   * @param function the object; its types are those that the interface's method declares
   * @return the function, as above
   * @throws MetaFFIException when its class does not implement exactly one functional interface
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

  /** What objects of modules are asked for only while the runtime is loaded. */
  synchronized void checkLoaded() {
    if (load == null) {
      throw MetaFFIException.released(
          "the runtime " + runtimePlugin + " was released: load the module again");
    }
  }

  /** The same as {@link #releaseRuntimePlugin}. */
  @Override
  public void close() {
    releaseRuntimePlugin();
  }

  @Override
  public synchronized String toString() {
    return "MetaFFIRuntime(" + runtimePlugin + (load == null ? ", not loaded)" : ", loaded)");
  }
}
