package metaffi;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import metaffi.internal.Names;
import metaffi.internal.Releases;

/** A loaded module: a jar, a compiled Go guest, a Python module. */
public final class MetaFFIModule {
  private final MetaFFIRuntime runtime;
  private final String modulePath;

  /** Valid as long as this object is reachable. */
  private final long module;

  private volatile MetaFFIObject root;

  /**
   * The same for interfaces; never closed by others, so that calls through it need no use count.
   */
  private volatile MetaFFIObject implementing;

  /**
   * Loads a module, as {@link MetaFFIRuntime#loadModule} does; loads the runtime first if
   * necessary.
   *
   * @param runtime the runtime to load it into
   * @param modulePath a path, several paths joined by {@code ;}, or an importable name
   * @throws MetaFFIException if the module cannot be found, naming the paths that were tried
   */
  public MetaFFIModule(MetaFFIRuntime runtime, String modulePath) {
    this.runtime = Objects.requireNonNull(runtime, "runtime");
    this.modulePath = Objects.requireNonNull(modulePath, "modulePath");
    long module = runtime.load(modulePath);
    this.module = module;
    Releases.register(this, () -> release(module));
  }

  /**
   * Loads a function, method, constructor, field or global variable.
   *
   * <pre>{@code
   * MetaFFITypeInfo integer = new MetaFFITypeInfo(MetaFFITypes.MetaFFIInt64);
   * Caller add =
   *     module.load(
   *         "callable=add",
   *         new MetaFFITypeInfo[] {integer, integer},
   *         new MetaFFITypeInfo[] {integer});
   * Object sum = add.call(2, 3)[0];
   * }</pre>
   *
   * @param entityPath the entity path, for instance {@code class=a.B,callable=c,instance_required}
   * @param parameters the parameter types; null for none
   * @param retvals the result types; null for none
   * @return a caller of the entity
   * @throws MetaFFIException if there is no such entity, or not exactly one with these types; the
   *     message lists what exists
   */
  public Caller load(
      String entityPath, MetaFFITypeInfo[] parameters, MetaFFITypeInfo[] retvals) {
    Names.checked("entity path", Objects.requireNonNull(entityPath, "entityPath"));
    MetaFFITypeInfo[] infos = joined(parameters, retvals);
    int[] types = new int[2 * infos.length];
    String[] aliases = new String[infos.length];
    for (int i = 0; i < infos.length; i++) {
      types[2 * i] = infos[i].type().bits();
      types[2 * i + 1] = infos[i].dims();
      aliases[i] = Names.checked("alias", infos[i].alias());
    }
    int count = parameters == null ? 0 : parameters.length;
    boolean named = count > 0 && NamedArguments.areIn(entityPath);
    if (named) {
      types[2 * count - 2] = MetaFFITypes.MetaFFIAny.bits();
      types[2 * count - 1] = 0;
    }
    long target = loadEntity(module, entityPath, types, aliases, count);
    Reference.reachabilityFence(this);
    Callee entity = NativeCallee.ofEntity(target, entityPath);
    return new Caller(named ? new NamedArguments(entity) : entity);
  }

  /**
   * Loads an entity whose types need no dimensions or alias: arrays of {@link MetaFFITypes}, or of
   * both kinds mixed.
   *
   * @param entityPath the entity path
   * @param parameters the parameter types; null for none
   * @param retvals the result types; null for none
   * @return a caller of the entity
   * @throws MetaFFIException as above
   */
  public Caller load(String entityPath, MetaFFIDeclared[] parameters, MetaFFIDeclared[] retvals) {
    return load(entityPath, infos(parameters), infos(retvals));
  }

  /**
   * Loads an entity with the types that the module itself declares; among overloads, each call
   * chooses one by its arguments.
   *
   * @param entityPath the entity path
   * @return a caller of the entity; for a class alone, a caller that makes an instance
   * @throws MetaFFIException if there is no such entity
   */
  public Caller load(String entityPath) {
    Names.checked("entity path", Objects.requireNonNull(entityPath, "entityPath"));
    Object loaded = ForeignType.load(module, entityPath);
    Reference.reachabilityFence(this);
    return loaded instanceof Caller
        ? (Caller) loaded
        : new Caller(new ObjectCallee(MetaFFIObject.of(loaded)));
  }

  /**
   * Returns the module as an object: its functions, classes and variables by name.
   *
   * @return the same object each time, if the guest identifies it as the same
   */
  public MetaFFIObject root() {
    MetaFFIObject known = root;
    if (known == null) {
      known = MetaFFIObject.of(ForeignType.load(module, ""));
      Reference.reachabilityFence(this);
      root = known;
    }
    runtime.checkLoaded();
    return known;
  }

  /**
   * Calls a function of the module by name; see {@link MetaFFIObject#call}.
   *
   * @param name its name
   * @param arguments the arguments
   * @return its result
   */
  public MetaFFIObject call(String name, Object... arguments) {
    return root().call(name, arguments);
  }

  /**
   * Returns a variable, class or submodule of the module; see {@link MetaFFIObject#get}.
   *
   * @param name its name
   * @return its value
   */
  public MetaFFIObject get(String name) {
    return root().get(name);
  }

  /**
   * Sets a variable of the module.
   *
   * @param name its name
   * @param value the new value
   */
  public void set(String name, Object value) {
    root().set(name, value);
  }

  /**
   * Returns the module as an interface of the program; see {@link MetaFFIObject#as}.
   *
   * @param <T> the interface
   * @param as the interface
   * @return an object that calls the module's functions
   * @throws MetaFFIException if the module lacks functions of the interface, naming them
   */
  public <T> T as(Class<T> as) {
    MetaFFIObject known = implementing;
    if (known == null) {
      known = MetaFFIObject.of(root().handle().unclosable());
      implementing = known;
    }
    runtime.checkLoaded();
    return known.as(as);
  }

  private static MetaFFITypeInfo[] infos(MetaFFIDeclared[] types) {
    if (types == null) {
      return null;
    }
    return Arrays.stream(types).map(MetaFFIDeclared::info).toArray(MetaFFITypeInfo[]::new);
  }

  private static MetaFFITypeInfo[] joined(MetaFFITypeInfo[] parameters, MetaFFITypeInfo[] retvals) {
    int first = parameters == null ? 0 : parameters.length;
    int second = retvals == null ? 0 : retvals.length;
    MetaFFITypeInfo[] all = new MetaFFITypeInfo[first + second];
    if (parameters != null) {
      System.arraycopy(parameters, 0, all, 0, first);
    }
    if (retvals != null) {
      System.arraycopy(retvals, 0, all, first, second);
    }
    return all;
  }

  /**
   * Returns the runtime that the module was loaded into.
   *
   * @return the same object that loaded it
   */
  public MetaFFIRuntime runtime() {
    return runtime;
  }

  /**
   * Returns its path.
   *
   * @return the path that it was loaded from
   */
  public String modulePath() {
    return modulePath;
  }

  @Override
  public String toString() {
    return "MetaFFIModule(" + modulePath + ", " + runtime.runtimePlugin() + ")";
  }

  /** Types and ranks in pairs, those of the parameters first. */
  private static native long loadEntity(
      long module, String path, int[] types, String[] aliases, int parameters);

  private static native void release(long module);
}
