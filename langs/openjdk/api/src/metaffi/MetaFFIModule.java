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

  /** The same for interfaces: nobody else's to close, so that their calls are not counted. */
  private volatile MetaFFIObject implementing;

  /**
   * Loads a module, as {@link MetaFFIRuntime#loadModule} does; the runtime is loaded if need be.
   *
   * @param runtime the language
   * @param modulePath a path, several joined by {@code ;}, or an importable name
   * @throws MetaFFIException naming the paths tried when there is none
   */
  public MetaFFIModule(MetaFFIRuntime runtime, String modulePath) {
    this.runtime = Objects.requireNonNull(runtime, "runtime");
    this.modulePath = Objects.requireNonNull(modulePath, "modulePath");
    long module = runtime.load(modulePath);
    this.module = module;
    Releases.register(this, () -> release(module));
  }

  /**
   * Loads a function, method, constructor, field or global, to be called.
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
   * @param entityPath where it is, for instance {@code class=a.B,callable=c,instance_required}
   * @param parameters the types of its parameters; null for none
   * @param retvals the types of its results; null for none
   * @return what calls it
   * @throws MetaFFIException when there is no such entity, or none (or several) with these types;
   *     the message lists what there is
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
   * The same with types that need no more than their name: arrays of {@link MetaFFITypes}, or of both
   * mixed.
   *
   * @param entityPath where it is
   * @param parameters the types of its parameters; null for none
   * @param retvals the types of its results; null for none
   * @return what calls it
   * @throws MetaFFIException as above
   */
  public Caller load(String entityPath, MetaFFIDeclared[] parameters, MetaFFIDeclared[] retvals) {
    return load(entityPath, infos(parameters), infos(retvals));
  }

  /**
   * The same with the types that the module itself has; of several overloads each call chooses one by
   * its arguments.
   *
   * @param entityPath where it is
   * @return what calls it; of a class alone, what makes an instance
   * @throws MetaFFIException when there is no such entity
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
   * The module as an object: its functions, classes and variables by their names.
   *
   * @return the same object each time, as far as the guest says
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
   * Calls a function of the module; see {@link MetaFFIObject#call}.
   *
   * @param name its name
   * @param arguments the arguments
   * @return its result
   */
  public MetaFFIObject call(String name, Object... arguments) {
    return root().call(name, arguments);
  }

  /**
   * A variable, a class, a module in the module; see {@link MetaFFIObject#get}.
   *
   * @param name its name
   * @return its value
   */
  public MetaFFIObject get(String name) {
    return root().get(name);
  }

  /**
   * Writes a variable of the module.
   *
   * @param name its name
   * @param value what it is to be
   */
  public void set(String name, Object value) {
    root().set(name, value);
  }

  /**
   * The module as an interface of the program's; see {@link MetaFFIObject#as}.
   *
   * @param <T> the interface
   * @param as the interface
   * @return what calls the module's functions
   * @throws MetaFFIException with the functions that the module lacks
   */
  public <T> T as(Class<T> as) {
    MetaFFIObject known = implementing;
    if (known == null) {
      known = MetaFFIObject.of(root().handle().kept());
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
   * The runtime that it was loaded into.
   *
   * @return the same object that loaded it
   */
  public MetaFFIRuntime runtime() {
    return runtime;
  }

  /**
   * Its path.
   *
   * @return as it was given
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
