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

/** What the stubs of one module are bound to: its code, its entities, the classes of its objects. */
public final class StubModule {
  /** The version of the newest stubs that this API can carry. */
  private static final int NEWEST = 1;

  private final Class<?> owner;
  private final int version;
  private final String madeBy;
  private final List<Entity> entities = new ArrayList<>();
  private final Map<String, Entity> operations = new HashMap<>();

  /** The ids of the guest's classes, and the names of their stubs. */
  private final Map<String, String> names = new HashMap<>();

  private final StubClasses classes = new StubClasses(this);

  /** The module of each package of stubs; a package's classes know no other way to it. */
  private static final Map<Package, WeakReference<StubModule>> OF_PACKAGES =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Guarded by this. */
  private MetaFFIModule module;

  /** Guarded by this; null before it is bound. */
  private String[] bound;

  /**
   * For generated code.
   *
   * @param owner the class that {@code bindModuleToCode} is of
   * @param version the version of the stubs
   * @param madeBy the metaffi that wrote them
   */
  public StubModule(Class<?> owner, int version, String madeBy) {
    this.owner = owner;
    this.version = version;
    this.madeBy = madeBy;
    OF_PACKAGES.put(owner.getPackage(), new WeakReference<>(this));
  }

  /** The module of a class or interface of stubs. */
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
   * Says which stub is of which class of the guest.
   *
   * @param pairs on each line an id, a tab and the name of a class in the owner's package
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
   * Says what does something on any object of the guest.
   *
   * @param name what it does: {@code text}, {@code equal}, {@code class_of} …
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
   * An entity of the module, which its first call loads.
   *
   * @param path the entity path
   * @param parameters the types of its parameters: {@code int64}, {@code handle<java.util.List>}
   * @param results the types of its results
   * @return what calls it
   */
  public Entity entity(String path, String[] parameters, String[] results) {
    Entity entity = new Entity(this, path, parameters, results);
    synchronized (entities) {
      entities.add(entity);
    }
    return entity;
  }

  /**
   * Says where the code is. Each entity is loaded when it is first called; those that were loaded
   * from elsewhere are forgotten.
   *
   * @param modulePath a path, several joined by {@code ;}, or an importable name
   * @param runtimePlugin {@code python3}, {@code openjdk}, {@code go}
   * @throws MetaFFIException when there is no such module, or the stubs are of another version
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
              + ", which is newer than this metaffi.api.jar: use the one of metaffi " + madeBy
              + ", or write the stubs again");
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
   * A value as whatever it is: handles as objects of their own stub classes, also in arrays.
   *
   * @param came any value
   * @return null, what Java has itself, or an object of a stub class
   */
  public Object any(Object came) {
    Object value = Implementation.original(came);
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

  /** Whether a value is an object of the guest's, and not yet one of a stub class. */
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

  /** The name of the stub of a class of the guest; null when there is none. */
  String stubOf(String id) {
    return names.get(id);
  }

  /** The names of the stubs of all classes whose simple name this is. */
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

  /** The guest's names of all classes that an object is of, nearest first. */
  String[] supertypes(Object target) {
    if (!(target instanceof MetaFFIHandle)) {
      return ObjectClasses.supertypesOf(target);
    }
    Entity supertypesOf = operations.get("supertypes_of");
    return supertypesOf == null ? new String[0] : (String[]) supertypesOf.call(target);
  }

  /** An object as one of another class, or as a collection of Java that asks it for each element. */
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
      throw new ClassCastException(type.getName() + " is no class of these stubs");
    }
    String[] supertypes = supertypes(target);
    if (supertypes.length > 0 && !List.of(supertypes).contains(id)) {
      throw new ClassCastException("a " + supertypes[0] + " is no " + id);
    }
    return type.cast(classes.makerFor(type.getName()).make(this, target));
  }

  /** The guest's name of a stub class; null when it is none. */
  String idOf(Class<?> type) {
    return classes.idOf(type);
  }

  /** What makes objects of a stub class, of an interface those of the class within it. */
  Maker<?> makerOf(Class<?> type) {
    return classes.makerFor(type.getName());
  }

  boolean hasOperation(String... all) {
    return operations.keySet().containsAll(List.of(all));
  }

  Object operate(String name, Object... arguments) {
    Entity entity = operations.get(name);
    if (entity == null) {
      throw new MetaFFIException("the guest has no operation " + name + " for every object");
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
    boolean asks = one instanceof MetaFFIHandle && operations.containsKey("equal");
    return asks && Boolean.TRUE.equals(operate("equal", one, other));
  }

  int hash(Object target) {
    if (target instanceof MetaFFIHandle && operations.containsKey("hash")) {
      return Long.hashCode(Lift.toLong(operate("hash", target)));
    }
    return target.hashCode();
  }

  /**
   * Throws what a call of the guest failed with: an exception of a class that the stubs have as that,
   * all others as they are.
   *
   * @param thrown what was thrown
   * @return never; it is a value so that the caller can write {@code throw}
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

  /** Throws any exception as what it is. */
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
