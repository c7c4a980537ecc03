package metaffi;

import java.lang.ref.Reference;
import metaffi.internal.Library;
import metaffi.internal.Names;
import metaffi.internal.Releases;

/** One loaded instance of a runtime in the hub. */
final class RuntimeLoad {
  /** Valid as long as this object is reachable. */
  private final long runtime;

  RuntimeLoad(String name) {
    Library.load();
    runtime = load(Names.checked("runtime", name));
    long given = runtime;
    Releases.register(this, () -> release(given));
  }

  /** Loads a module, which outlives this object. */
  long module(String path) {
    long module = loadModule(runtime, Names.checked("module path", path));
    Reference.reachabilityFence(this);
    return module;
  }

  /** Makes everything that was loaded through it fail from now on. */
  void close() {
    close(runtime);
    Reference.reachabilityFence(this);
  }

  private static native long load(String name);

  private static native void close(long runtime);

  private static native void release(long runtime);

  private static native long loadModule(long runtime, String path);
}
