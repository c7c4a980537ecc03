package metaffi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import metaffi.internal.ObjectView;

/**
 * A value of a guest, used by the names of its members:
 *
 * <pre>{@code
 * MetaFFIObject table = pandas.call("read_csv", "sales.csv");
 * double sum = table.call("groupby", "city").index("amount").call("sum").get("Paris",
 * double.class); }</pre>
 *
 * <p>What a name means is looked up once for each guest type; among overloads, each call chooses
 * one by its arguments. Names are the guest's own, or their Java spelling: {@code readCsv} finds
 * {@code read_csv}. Numbers, strings and the like are Java values, which {@link #as} returns.
 *
 * <p>If the guest is Java itself, its objects are plain Java objects, which {@link #value} returns.
 *
 * <p>Safe to use from any thread, if the guest's object is.
 */
public final class MetaFFIObject
    implements Iterable<MetaFFIObject>, AutoCloseable, ObjectView {
  /** The value in Java. */
  private final Object value;

  /** The value as a native object; made when first needed. */
  private volatile MetaFFIHandle handle;

  private volatile ForeignType type;

  private MetaFFIObject(Object value) {
    this.value = value;
    handle = value instanceof MetaFFIHandle ? (MetaFFIHandle) value : null;
  }

  /**
   * Wraps a value so that its members can be used by name, for instance an argument of a callback.
   *
   * @param value a {@link MetaFFIHandle}, a {@link Caller}, or any Java value
   * @return the object, or {@code value} itself if it is one already
   */
  public static MetaFFIObject of(Object value) {
    return value instanceof ObjectView ? ((ObjectView) value).viewed() : new MetaFFIObject(value);
  }

  /** This object. */
  @Override
  public MetaFFIObject viewed() {
    return this;
  }

  /** Called by the plugin: a guest's map as a Java map. */
  private static Map<Object, Object> mapOf(Object handle) {
    return of(handle).asMap();
  }

  /** The first result of a call. */
  static MetaFFIObject ofResults(Object[] results) {
    boolean isOne = results != null && results.length == 1;
    return of(isOne ? results[0] : results);
  }

  // ------------------------------------------------------------ members

  /**
   * Calls a method; for a module a function, for a class a static method. If the name is an
   * attribute that holds a function or a class, calls that.
   *
   * @param name the method's name
   * @param arguments the arguments; named ones, made by {@link MetaFFI#named}, come last
   * @return the result; an array for several results, null for none
   * @throws MetaFFIException if there is no such method, or none that takes these arguments; or
   *     with the guest's error
   */
  public MetaFFIObject call(String name, Object... arguments) {
    Objects.requireNonNull(name, "name");
    Object[] given = given(arguments);
    if (NamedCall.isNamed(given)) {
      return named(name, given);
    }
    Caller method = find(ForeignType.METHOD, name);
    return method == null ? attribute(name).invoke(given) : run(method, given);
  }

  /** An attribute that is about to be called. */
  private MetaFFIObject attribute(String name) {
    Caller getter = find(ForeignType.GET, name);
    if (getter == null) {
      throw type().missing(handle(), name);
    }
    return run(getter);
  }

  private MetaFFIObject named(String name, Object[] arguments) {
    Caller function = find(ForeignType.NAMED, name);
    if (function != null) {
      return run(function, NamedCall.arguments(arguments));
    }
    if (!name.isEmpty() && find(ForeignType.METHOD, name) == null) {
      return attribute(name).invoke(arguments);
    }
    String what = name.isEmpty() ? typeName() : "`" + name + "` of " + typeName();
    throw new MetaFFIException(
        what + " takes no arguments by name, as its language has none: pass them by position");
  }

  /**
   * Calls the object itself, for instance a function or a class.
   *
   * @param arguments as for {@link #call}
   * @return the result, as for {@link #call}
   * @throws MetaFFIException as for {@link #call}; or if the object cannot be called
   */
  public MetaFFIObject invoke(Object... arguments) {
    Object[] given = given(arguments);
    if (NamedCall.isNamed(given)) {
      return named("", given);
    }
    if (value instanceof Caller) {
      return ofResults(((Caller) value).call(lowered(given, 0)));
    }
    return operate("call", given);
  }

  /**
   * Reads an attribute, a field or a property; for a module or a class, also what it contains. For
   * a Java module the name may also be that of a package, and may contain dots.
   *
   * @param name its name
   * @return its value
   * @throws MetaFFIException if there is no member of that name
   */
  public MetaFFIObject get(String name) {
    Caller getter = find(ForeignType.GET, name);
    if (getter != null) {
      return run(getter);
    }
    if (find(ForeignType.METHOD, name) != null) {
      throw MetaFFIException.notFound(
          "`" + name + "` of " + typeName() + " is a method: call(\"" + name + "\", …) calls it");
    }
    throw type().missing(handle(), name);
  }

  /**
   * Reads an attribute as a Java type.
   *
   * @param <T> the type
   * @param name its name
   * @param as the type, see {@link #as}
   * @return its value
   */
  public <T> T get(String name, Class<T> as) {
    return get(name).as(as);
  }

  /**
   * Sets an attribute, a field or a property.
   *
   * @param name its name
   * @param newValue the new value
   * @throws MetaFFIException if there is no member of that name, or it is read-only
   */
  public void set(String name, Object newValue) {
    Caller setter = find(ForeignType.SET, name);
    if (setter != null) {
      run(setter, newValue);
    } else if (find(ForeignType.GET, name) != null) {
      throw MetaFFIException.notFound(
          "`" + name + "` of " + typeName() + " is read-only");
    } else {
      throw type().missing(handle(), name);
    }
  }

  // ------------------------------------------------------------ operations that all languages have

  /**
   * Returns an element: of a list by its index, of a map by its key.
   *
   * @param key the index or the key
   * @return the element
   */
  public MetaFFIObject index(Object key) {
    return operate("get_item", key);
  }

  /**
   * Sets an element.
   *
   * @param key the index or the key
   * @param element the new value
   */
  public void setIndex(Object key, Object element) {
    operate("set_item", key, element);
  }

  /**
   * Removes an element.
   *
   * @param key the index or the key
   */
  public void removeIndex(Object key) {
    operate("delete_item", key);
  }

  /**
   * Returns whether this contains a value: an element of a list, a key of a map.
   *
   * @param item any value
   * @return the guest's answer
   */
  public boolean contains(Object item) {
    return operate("contains", item).as(boolean.class);
  }

  /**
   * Returns the number of elements.
   *
   * @return the number
   */
  public int size() {
    return operate("length").as(int.class);
  }

  /**
   * Iterates over the elements.
   *
   * @return the guest's iterator
   */
  @Override
  public Iterator<MetaFFIObject> iterator() {
    if (can("iterate")) {
      return new ObjectIterator(operate("iterate"));
    }
    if (can("advance")) {
      return new ObjectIterator(this);
    }
    Object[] items = ForeignType.items(handle());
    if (items == null) {
      throw MetaFFIException.notFound(typeName() + " is not iterable");
    }
    return Arrays.stream(items).map(MetaFFIObject::of).iterator();
  }

  /**
   * Streams the elements.
   *
   * @return a sequential stream
   */
  public Stream<MetaFFIObject> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /**
   * Performs an operation for which every language has a notation.
   *
   * @param operation one of the names in {@code metaffi.h}: {@code add}, {@code get_item}, …
   * @param arguments the operation's arguments
   * @return the result
   * @throws MetaFFIException if the object has no such operation
   */
  public MetaFFIObject operate(String operation, Object... arguments) {
    Caller function = find(ForeignType.OPERATION, operation);
    if (function == null) {
      throw MetaFFIException.notFound(typeName() + " has no operation " + operation);
    }
    return run(function, arguments);
  }

  /**
   * Returns whether the object has an operation.
   *
   * @param operation its name
   * @return true if {@link #operate} supports it
   */
  public boolean can(String operation) {
    return find(ForeignType.OPERATION, operation) != null;
  }

  // ------------------------------------------------------------ conversions to Java

  /**
   * Converts the object to a Java type: a number, a string, an array, a list, a map, an enum, an
   * {@code Optional}, a functional interface; or any interface of the program. The methods of such
   * an interface are matched with the object's by name ({@code readCsv} also matches {@code
   * read_csv}, and {@link MetaFFIName} gives any other name), and their results are converted to
   * the types that they declare.
   *
   * @param <T> the type
   * @param as the type
   * @return the converted object
   * @throws MetaFFIException if it cannot be converted; for an interface, naming the methods that
   *     the object lacks
   */
  public <T> T as(Class<T> as) {
    return Conversion.to(as).of(this);
  }

  /**
   * Returns the value in Java.
   *
   * @return a number, a string, an array or null; a {@link MetaFFIHandle} for an object of the
   *     guest, a {@link Caller} for a function
   */
  public Object value() {
    return value;
  }

  /**
   * Returns whether the value is null, nil or None.
   *
   * @return true if it is
   */
  public boolean isNull() {
    return value == null;
  }

  /**
   * Returns a guest's list as a live Java list: changes are visible on both sides.
   *
   * @return the list; its elements are Java values such as numbers and strings, or of this class
   */
  public List<Object> asList() {
    return asList(Object.class);
  }

  /**
   * Returns a guest's list as a live Java list with elements of a type.
   *
   * @param <T> the type
   * @param elements the element type, see {@link #as}
   * @return the list
   */
  public <T> List<T> asList(Class<T> elements) {
    return new ObjectList<>(this, Conversion.to(elements));
  }

  /**
   * Returns a guest's map as a live Java map: changes are visible on both sides.
   *
   * @return the map; its keys and values are Java values such as numbers and strings, or of this
   *     class
   */
  public Map<Object, Object> asMap() {
    return asMap(Object.class, Object.class);
  }

  /**
   * Returns a guest's map as a live Java map with keys and values of given types.
   *
   * @param <K> the key type
   * @param <V> the value type
   * @param keys the key type, see {@link #as}
   * @param values the value type
   * @return the map
   */
  public <K, V> Map<K, V> asMap(Class<K> keys, Class<V> values) {
    return new ObjectMap<>(this, Conversion.to(keys), Conversion.to(values));
  }

  /**
   * Copies lists, maps and sets to Java, with everything in them. Arrays of numbers stay arrays;
   * anything else stays an object of the guest.
   *
   * @return a Java value, or this object
   */
  public Object toJava() {
    return copy(new LinkedHashMap<>());
  }

  private Object copy(Map<MetaFFIHandle, Object> made) {
    if (value instanceof Object[]) {
      return Arrays.stream((Object[]) value)
          .map(each -> of(each).copy(made))
          .collect(Collectors.toList());
    }
    if (!(value instanceof MetaFFIHandle)) {
      return value;
    }
    Object known = made.get(handle);
    if (known != null) {
      return known;
    }
    ForeignType.Description there = type().description(handle);
    if (there.has("mapping")) {
      Map<Object, Object> map = new LinkedHashMap<>();
      made.put(handle, map);
      operate("keys")
          .forEach(key -> map.put(key.copy(made), index(key).copy(made)));
      return map;
    }
    if (there.has("set") || there.has("sequence")) {
      Collection<Object> items =
          there.has("set") ? new LinkedHashSet<>() : new ArrayList<>();
      made.put(handle, items);
      forEach(item -> items.add(item.copy(made)));
      return items;
    }
    return this;
  }

  // ------------------------------------------------------------ types and members

  /**
   * Returns the name of its type.
   *
   * @return the name in the guest's language
   */
  public String typeName() {
    return value == null ? "null" : type().description(handle()).name;
  }

  /**
   * Returns the names of its type and its supertypes, nearest first.
   *
   * @return the names in the guest's language
   */
  public List<String> typeNames() {
    return type().description(handle()).supertypes;
  }

  /**
   * Returns the documentation of its type; for a class or a module, its own.
   *
   * @return the documentation; empty if there is none
   */
  public String doc() {
    return type().description(handle()).doc;
  }

  /**
   * Returns the members of its type, with documentation.
   *
   * @return one entry for each overload
   */
  public List<MetaFFIMember> members() {
    return List.copyOf(type().description(handle()).members);
  }

  /** Closes the guest's object if it can be closed, and releases it. */
  @Override
  public void close() {
    try {
      if (isObject() && can("close")) {
        operate("close");
      }
    } finally {
      release();
    }
  }

  /** Releases the guest's object without closing it; the garbage collector does the same. */
  public void release() {
    MetaFFIHandle held = handle;
    if (held != null) {
      held.close();
    }
  }

  /** Compares as the guest does; an object always equals itself. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof MetaFFIObject)) {
      return false;
    }
    MetaFFIObject that = (MetaFFIObject) other;
    if (Objects.equals(value, that.value)) {
      return true;
    }
    boolean areGuests = value instanceof MetaFFIHandle && that.value instanceof MetaFFIHandle;
    boolean areOfOne = areGuests && handle.runtimeId() == that.handle.runtimeId();
    return areOfOne && can("equal") && operate("equal", that).as(boolean.class);
  }

  /** The guest's hash; all unhashable objects of one type have the same. */
  @Override
  public int hashCode() {
    if (!(value instanceof MetaFFIHandle)) {
      return Objects.hashCode(value);
    }
    return can("hash") ? operate("hash").as(Long.class).hashCode() : typeName().hashCode();
  }

  /** Returns the guest's text. */
  @Override
  public String toString() {
    boolean isOpen = value instanceof MetaFFIHandle && !((MetaFFIHandle) value).released();
    if (isOpen && can("text")) {
      return operate("text").as(String.class);
    }
    return value instanceof Object[] ? Arrays.deepToString((Object[]) value) : String.valueOf(value);
  }

  /** Whether this is an object, not a plain value such as a number, a string or an array. */
  boolean isObject() {
    boolean isPlain =
        value == null
            || value instanceof CharSequence
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof Character;
    return !isPlain && !value.getClass().isArray();
  }

  // ------------------------------------------------------------ implementation

  /** The caller of a member; null if there is no such member. */
  Caller find(int kind, String name) {
    return type().find(handle(), kind, name);
  }

  /** Calls a function that takes the object as its first argument. */
  MetaFFIObject run(Caller function, Object... arguments) {
    Object[] all = lowered(arguments, 1);
    all[0] = handle();
    return ofResults(function.call(all));
  }

  ForeignType type() {
    ForeignType known = type;
    if (known == null) {
      known = ForeignType.of(handle());
      type = known;
    }
    return known;
  }

  MetaFFIHandle handle() {
    MetaFFIHandle known = handle;
    if (known == null) {
      if (value == null) {
        throw new MetaFFIException("null has no members");
      }
      known = value instanceof Caller
          ? MetaFFIHandle.taken(((Caller) value).newReference())
          : MetaFFIHandle.taken(ForeignType.lower(value));
      handle = known;
    }
    return known;
  }

  private static Object[] given(Object[] arguments) {
    return arguments == null ? new Object[] {null} : arguments;
  }

  /** Arguments as they are passed, after {@code before} empty places. */
  private static Object[] lowered(Object[] arguments, int before) {
    Object[] all = new Object[before + arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      all[before + i] = lowered(arguments[i]);
    }
    return all;
  }

  /** The value that an object of this class wraps, also in lists and arrays. */
  static Object lowered(Object argument) {
    if (argument instanceof Number || argument instanceof String) {
      return argument;
    }
    if (argument instanceof MetaFFIObject) {
      return ((MetaFFIObject) argument).value;
    }
    MetaFFIObject wrapped = behind(argument);
    if (wrapped != null) {
      return wrapped.value;
    }
    boolean holdsOurs =
        argument instanceof List
            && ((List<?>) argument)
                .stream().anyMatch(each -> each instanceof MetaFFIObject || behind(each) != null);
    return holdsOurs
        ? ((List<?>) argument).stream().map(MetaFFIObject::lowered).toArray()
        : argument;
  }

  /** The object behind a view (a list, a map, an interface); null if there is none. */
  private static MetaFFIObject behind(Object view) {
    return view instanceof ObjectView
        ? ((ObjectView) view).viewed()
        : InterfaceView.behind(view);
  }
}
