package metaffi;

import java.util.Objects;

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
    Objects.requireNonNull(modulePath, "modulePath");
    return new MetaFFIModule(this, modulePath, loaded().module(modulePath));
  }

  private synchronized RuntimeLoad loaded() {
    if (load == null) {
      load = new RuntimeLoad(runtimePlugin);
    }
    return load;
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
