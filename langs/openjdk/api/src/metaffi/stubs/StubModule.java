package metaffi.stubs;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import metaffi.Caller;
import metaffi.MetaFFIException;
import metaffi.MetaFFIHandle;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypeInfo;
import metaffi.internal.ObjectClasses;

/**
 * The module behind a package of stubs: its code, its entities, the classes of its objects.
 */
public final class StubModule {
  /** The version of the newest stubs that this API supports. */
  private static final int NEWEST = 1;

  private final Class<?> owner;
  private final int version;
  private final String madeBy;
  private final List<Entity> entities = new ArrayList<>();
  private final Map<String, Entity> operations = new HashMap<>();

  /** The ids of the guest's classes, and the names of their stubs. */
  private final Map<String, String> names = new HashMap<>();

  private final StubClasses classes = new StubClasses(this);

  /** The module of each stub package, which is how a package's classes find it. */
  private static final Map<Package, WeakReference<StubModule>> OF_PACKAGES =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Guarded by this. */
  private MetaFFIModule module;

  /** Guarded by this; null before it is bound. */
  private String[] bound;

  /**
   * For generated code.
   *
   * @param owner the class that has {@code bindModuleToCode}
   * @param version the version of the stubs
   * @param madeBy the version of metaffi that wrote them
   */
  public StubModule(Class<?> owner, int version, String madeBy) {
    this.owner = owner;
    this.version = version;
    this.madeBy = madeBy;
    OF_PACKAGES.put(owner.getPackage(), new WeakReference<>(this));
  }

  /** Returns the module of a class or interface of stubs. */
  static StubModule of(Class<?> type) {
    WeakReference<StubModule> known = OF_PACKAGES.get(type.getPackage());
    StubModule module = known == null ? null : known.get();
    if (module == null) {
      throw new MetaFFIException(
          "the stubs in " + type.getPackageName() + " are not bound to code: call bindModuleToCode");
    }
    return module;
  }

  /**
   * Maps guest classes to their stubs.
   *
   * @param pairs one per line: a guest class id, a tab, and the name of a class in the owner's
   *     package
   * @return this
   */
  public StubModule classes(String... pairs) {
    for (String chunk : pairs) {
      for (String line : chunk.split("\n")) {
        int tab = line.indexOf('\t');
        names.put(line.substring(0, tab), owner.getPackageName() + "." + line.substring(tab + 1));
      }
    }
    return this;
  }

  /**
   * Declares the entity that performs an operation on any object of the guest.
   *
   * @param name the operation: {@code text}, {@code equal}, {@code class_of} …
   * @param path the entity path
   * @param parameters the types of its parameters
   * @param results the types of its results
   * @return this
   */
  public StubModule operation(String name, String path, String[] parameters, String[] results) {
    operations.put(name, entity(path, parameters, results));
    return this;
  }

  /**
   * Declares an entity of the module, which is loaded by its first call.
   *
   * @param path the entity path
   * @param parameters the types of its parameters: {@code int64}, {@code handle<java.util.List>}
   * @param results the types of its results
   * @return the entity
   */
  public Entity entity(String path, String[] parameters, String[] results) {
    Entity entity = new Entity(this, path, parameters, results);
    synchronized (entities) {
      entities.add(entity);
    }
    return entity;
  }

  /**
   * Binds the stubs to a module. Each entity is loaded at its first call; entities loaded from
   * another module are forgotten.
   *
   * @param modulePath a path, several paths joined by {@code ;}, or an importable name
   * @param runtimePlugin {@code python3}, {@code openjdk}, {@code go}
   * @throws MetaFFIException if there is no such module, or the stubs are from a newer version
   */
  public void bind(String modulePath, String runtimePlugin) {
    Objects.requireNonNull(modulePath, "modulePath");
    Objects.requireNonNull(runtimePlugin, "runtimePlugin");
    checkVersion();
    MetaFFIModule loaded = new MetaFFIRuntime(runtimePlugin).loadModule(modulePath);
    synchronized (this) {
      module = loaded;
      bound = new String[] {modulePath, runtimePlugin};
    }
    synchronized (entities) {
      entities.forEach(Entity::reset);
    }
  }

  private void checkVersion() {
    if (version > NEWEST) {
      throw new MetaFFIException(
          "the stubs in " + owner.getPackageName() + " were written by metaffi " + madeBy
              + ", which is newer than this metaffi.api.jar: use the jar of metaffi " + madeBy
              + ", or generate the stubs again");
    }
  }

  Caller load(String path, String[] parameters, String[] results) {
    checkVersion();
    return loaded().load(path, types(parameters), types(results));
  }

  private static MetaFFITypeInfo[] types(String[] texts) {
    MetaFFITypeInfo[] types = new MetaFFITypeInfo[texts.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = TypeTexts.parse(texts[i]);
    }
    return types;
  }

  private synchronized MetaFFIModule loaded() {
    if (module == null) {
      throw new MetaFFIException(
          "the stubs in " + owner.getPackageName() + " are not bound to code: call "
              + owner.getSimpleName() + ".bindModuleToCode(modulePath, runtimePlugin) first");
    }
    return module;
  }

  /**
   * Converts a value of unknown type: handles become objects of their own stub classes, also in
   * arrays.
   *
   * @param result any value
   * @return null, a Java value, or an object of a stub class
   */
  public Object any(Object result) {
    Object value = Implementation.original(result);
    if (value instanceof Object[] && !(value instanceof String[])) {
      Object[] lifted = new Object[((Object[]) value).length];
      for (int i = 0; i < lifted.length; i++) {
        lifted[i] = any(((Object[]) value)[i]);
      }
      return lifted;
    }
    if (value instanceof MetaFFIException && !(value instanceof Guest)) {
      return translated((MetaFFIException) value);
    }
    return isGuests(value) ? classes.maker(value).make(this, value) : value;
  }

  /** Whether a value is a guest object that is not yet wrapped by a stub class. */
  private boolean isGuests(Object value) {
    if (value instanceof MetaFFIHandle) {
      return true;
    }
    ClassLoader loader = value == null ? null : value.getClass().getClassLoader();
    return loader != null && isInPlace() && names.containsKey(value.getClass().getName());
  }

  private synchronized boolean isInPlace() {
    return bound != null && (bound[1].equals("openjdk") || bound[1].equals("jvm"));
  }

  /** The name of the stub of a class of the guest; null if there is none. */
  String stubOf(String id) {
    return names.get(id);
  }

  /** The names of the stubs of all guest classes with this simple name. */
  List<String> stubsNamed(String simple) {
    List<String> found = new ArrayList<>();
    names.forEach(
        (id, name) -> {
          if (id.substring(id.lastIndexOf('.') + 1).equals(simple)) {
            found.add(name);
          }
        });
    return found;
  }

  ClassLoader loader() {
    return owner.getClassLoader();
  }

  /** The guest's name of an object's class, or an empty string. */
  String className(Object target) {
    if (!(target instanceof MetaFFIHandle)) {
      return target.getClass().getName();
    }
    Entity classOf = operations.get("class_of");
    return classOf == null ? "" : (String) classOf.call(target);
  }

  /** The guest's names of all classes of an object, nearest first. */
  String[] supertypes(Object target) {
    if (!(target instanceof MetaFFIHandle)) {
      return ObjectClasses.supertypesOf(target);
    }
    Entity supertypesOf = operations.get("supertypes_of");
    return supertypesOf == null ? new String[0] : (String[]) supertypesOf.call(target);
  }

  /**
   * Views an object as an instance of another class, or as a live Java collection.
   */
  <T> T as(Class<T> type, Object target) {
    String id = classes.idOf(type);
    if (id == null) {
      if (type == Map.class) {
        return type.cast(Lift.<Object, Object>map(this, target, this::any, this::any));
      }
      if (type == List.class) {
        return type.cast(Lift.<Object>list(this, target, this::any));
      }
      if (type == Iterable.class) {
        return type.cast(Lift.<Object>iterable(this, target, this::any));
      }
      throw new ClassCastException(type.getName() + " is not a class of these stubs");
    }
    String[] supertypes = supertypes(target);
    if (supertypes.length > 0 && !List.of(supertypes).contains(id)) {
      throw new ClassCastException("a " + supertypes[0] + " is not a " + id);
    }
    return type.cast(classes.makerFor(type.getName()).make(this, target));
  }

  /** The guest's name of a stub class; null if it is not a stub class. */
  String idOf(Class<?> type) {
    return classes.idOf(type);
  }

  /** The maker of objects of a stub class; for an interface, of the class nested in it. */
  Maker<?> makerOf(Class<?> type) {
    return classes.makerFor(type.getName());
  }

  boolean hasOperation(String... all) {
    return operations.keySet().containsAll(List.of(all));
  }

  Object operate(String name, Object... arguments) {
    Entity entity = operations.get(name);
    if (entity == null) {
      throw new MetaFFIException("the guest's objects have no operation " + name);
    }
    try {
      return entity.call(arguments);
    } catch (Throwable e) {
      throw raised(e);
    }
  }

  String text(Object target) {
    if (target instanceof MetaFFIHandle && operations.containsKey("text")) {
      return (String) operate("text", target);
    }
    return target.toString();
  }

  boolean areEqual(Object one, Object other) {
    if (one.equals(other)) {
      return true;
    }
    boolean canCompare = one instanceof MetaFFIHandle && operations.containsKey("equal");
    return canCompare && Boolean.TRUE.equals(operate("equal", one, other));
  }

  int hash(Object target) {
    if (target instanceof MetaFFIHandle && operations.containsKey("hash")) {
      return Long.hashCode(Lift.toLong(operate("hash", target)));
    }
    return target.hashCode();
  }

  /**
   * Throws the error of a call of the guest: as an exception of its stub class if it has one,
   * otherwise unchanged.
   *
   * @param thrown the error
   * @return nothing; the return type lets the caller write {@code throw}
   */
  public RuntimeException raised(Throwable thrown) {
    throw StubModule.<RuntimeException>unchecked(translated(thrown));
  }

  private Throwable translated(Throwable thrown) {
    boolean isGuests = thrown instanceof MetaFFIException || isInPlace();
    if (thrown instanceof Guest || !isGuests) {
      return thrown;
    }
    Maker<?> maker = classes.exception(thrown);
    if (maker == null) {
      return thrown;
    }
    Throwable own = (Throwable) maker.make(this, thrown);
    for (Throwable suppressed : thrown.getSuppressed()) {
      own.addSuppressed(suppressed);
    }
    return own;
  }

  /** Throws any exception unchanged, checked or not. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Override
  public synchronized String toString() {
    String where = bound == null ? "not bound" : String.join(", ", bound);
    return "StubModule(" + owner.getPackageName() + ", " + where + ")";
  }
}
