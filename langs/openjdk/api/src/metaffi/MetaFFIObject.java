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
 * Anything that a guest gives, used by its names:
 *
 * <pre>{@code
 * MetaFFIObject table = pandas.call("read_csv", "sales.csv");
 * double sum = table.call("groupby", "city").index("amount").call("sum").get("Paris", double.class);
 * }</pre>
 *
 * <p>What a name means is found once for each type of the guest's; of overloads each call chooses one
 * by its arguments. Names are the guest's own, or as Java would write them: {@code readCsv} finds
 * {@code read_csv}. Numbers, texts and the like are values of Java's: {@link #as} gives them.
 *
 * <p>Objects of a guest in Java are Java's own, which {@link #value} gives.
 *
 * <p>May be used from any thread, as far as the guest's object may.
 */
public final class MetaFFIObject
    implements Iterable<MetaFFIObject>, AutoCloseable, ObjectView {
  /** What it is in Java. */
  private final Object value;

  /** It as an object that is asked; made when it is needed. */
  private volatile MetaFFIHandle handle;

  private volatile ForeignType type;

  private MetaFFIObject(Object value) {
    this.value = value;
    handle = value instanceof MetaFFIHandle ? (MetaFFIHandle) value : null;
  }

  /**
   * A value as an object that is used by names: what a callback was given, for instance.
   *
   * @param value a {@link MetaFFIHandle}, a {@link Caller}, or anything of Java's own
   * @return the same, if it is one already
   */
  public static MetaFFIObject of(Object value) {
    return value instanceof ObjectView ? ((ObjectView) value).viewed() : new MetaFFIObject(value);
  }

  /** Itself: it stands for what it is. */
  @Override
  public MetaFFIObject viewed() {
    return this;
  }

  /** Called by the plugin: a guest's map as a map of Java's. */
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
   * Calls a method; of a module a function, of a class a static method. Where an attribute of that
   * name is a function or a class, calls that.
   *
   * @param name its name
   * @param arguments the arguments; those made by {@link MetaFFI#named} last
   * @return its result; several are an array, none is null
   * @throws MetaFFIException when there is no such method, or none that takes these arguments; or
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

  /** An attribute that is to be called. */
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
   * Calls the object itself: a function, a class.
   *
   * @param arguments as for {@link #call}
   * @return as of {@link #call}
   * @throws MetaFFIException as above; when it is nothing to call
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
   * Reads an attribute, a field, a property; of a module or a class also what is in it. Of a module
   * in Java the name may be that of a package, or have dots.
   *
   * @param name its name
   * @return its value
   * @throws MetaFFIException when there is none of that name
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
   * The same as a type of Java's.
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
   * Writes an attribute, a field, a property.
   *
   * @param name its name
   * @param newValue what it is to be
   * @throws MetaFFIException when there is none of that name, or it can only be read
   */
  public void set(String name, Object newValue) {
    Caller setter = find(ForeignType.SET, name);
    if (setter != null) {
      run(setter, newValue);
    } else if (find(ForeignType.GET, name) != null) {
      throw MetaFFIException.notFound(
          "`" + name + "` of " + typeName() + " can only be read");
    } else {
      throw type().missing(handle(), name);
    }
  }

  // ------------------------------------------------------------ what all languages have

  /**
   * An element: of a list by its index, of a map by its key.
   *
   * @param key the index or the key
   * @return the element
   */
  public MetaFFIObject index(Object key) {
    return operate("get_item", key);
  }

  /**
   * Writes an element.
   *
   * @param key the index or the key
   * @param element what it is to be
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
   * Whether something is in it: an element of a list, a key of a map.
   *
   * @param item any value
   * @return as the guest says
   */
  public boolean contains(Object item) {
    return operate("contains", item).as(boolean.class);
  }

  /**
   * How many elements it has.
   *
   * @return the number
   */
  public int size() {
    return operate("length").as(int.class);
  }

  /**
   * What it gives one after the other.
   *
   * @return an iterator of the guest's
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
      throw MetaFFIException.notFound(typeName() + " is nothing to go through");
    }
    return Arrays.stream(items).map(MetaFFIObject::of).iterator();
  }

  /**
   * The same as a stream.
   *
   * @return a sequential stream
   */
  public Stream<MetaFFIObject> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /**
   * Does what every language has a notation for.
   *
   * @param operation one of the names in {@code metaffi.h}: {@code add}, {@code get_item}, …
   * @param arguments as many as it takes
   * @return its result
   * @throws MetaFFIException when the object has no such operation
   */
  public MetaFFIObject operate(String operation, Object... arguments) {
    Caller function = find(ForeignType.OPERATION, operation);
    if (function == null) {
      throw MetaFFIException.notFound(typeName() + " has no operation " + operation);
    }
    return run(function, arguments);
  }

  /**
   * Whether it has an operation.
   *
   * @param operation its name
   * @return true when {@link #operate} does it
   */
  public boolean can(String operation) {
    return find(ForeignType.OPERATION, operation) != null;
  }

  // ------------------------------------------------------------ as something of Java's

  /**
   * The object as a type of Java's: a number, a text, an array, a list, a map, an enumeration, an
   * {@code Optional}, a functional interface; or any interface of the program's, whose methods are
   * matched with the object's by their names ({@code readCsv} is {@code read_csv} too, and {@link
   * MetaFFIName} says any other), and whose results are what they declare.
   *
   * @param <T> the type
   * @param as the type
   * @return the object as that
   * @throws MetaFFIException when it is no such thing; of an interface, with the methods that the
   *     object lacks
   */
  public <T> T as(Class<T> as) {
    return Conversion.to(as).of(this);
  }

  /**
   * The value in Java.
   *
   * @return a number, a text, an array, null; a {@link MetaFFIHandle} for an object of the guest's, a
   *     {@link Caller} for a function
   */
  public Object value() {
    return value;
  }

  /**
   * Whether it is null, nil or None.
   *
   * @return true when it is
   */
  public boolean isNull() {
    return value == null;
  }

  /**
   * A list of the guest's as one of Java's, live: changes are seen on both sides.
   *
   * @return its elements are numbers, texts and the like, or of this class
   */
  public List<Object> asList() {
    return asList(Object.class);
  }

  /**
   * The same with elements of a type.
   *
   * @param <T> the type
   * @param elements the type, see {@link #as}
   * @return the list
   */
  public <T> List<T> asList(Class<T> elements) {
    return new ObjectList<>(this, Conversion.to(elements));
  }

  /**
   * A map of the guest's as one of Java's, live: changes are seen on both sides.
   *
   * @return its keys and values are numbers, texts and the like, or of this class
   */
  public Map<Object, Object> asMap() {
    return asMap(Object.class, Object.class);
  }

  /**
   * The same with keys and values of a type.
   *
   * @param <K> the keys' type
   * @param <V> the values' type
   * @param keys the keys' type, see {@link #as}
   * @param values the values' type
   * @return the map
   */
  public <K, V> Map<K, V> asMap(Class<K> keys, Class<V> values) {
    return new ObjectMap<>(this, Conversion.to(keys), Conversion.to(values));
  }

  /**
   * A copy in Java: lists, maps and sets with all that is in them. Arrays of numbers stay arrays;
   * what has no such shape stays an object of the guest's.
   *
   * @return a value of Java's, or this
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

  // ------------------------------------------------------------ what it is

  /**
   * The name of its type.
   *
   * @return in the guest's own language
   */
  public String typeName() {
    return value == null ? "null" : type().description(handle()).name;
  }

  /**
   * The names of its type and of those that it derives from, nearest first.
   *
   * @return in the guest's own language
   */
  public List<String> typeNames() {
    return type().description(handle()).supertypes;
  }

  /**
   * The documentation of its type; of a class or a module its own.
   *
   * @return empty where there is none
   */
  public String doc() {
    return type().description(handle()).doc;
  }

  /**
   * What it has, with documentation.
   *
   * @return each overload once
   */
  public List<MetaFFIMember> members() {
    return List.copyOf(type().description(handle()).members);
  }

  /** Closes what the guest's object stands for, where that can be closed, and gives it back. */
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

  /** Gives the guest's object back without closing it; so does the garbage collector. */
  public void release() {
    MetaFFIHandle held = handle;
    if (held != null) {
      held.close();
    }
  }

  /** As the guest says; an object is equal to itself in any case. */
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

  /** As the guest says; the same for all objects of a type that have no hash. */
  @Override
  public int hashCode() {
    if (!(value instanceof MetaFFIHandle)) {
      return Objects.hashCode(value);
    }
    return can("hash") ? operate("hash").as(Long.class).hashCode() : typeName().hashCode();
  }

  /** The guest's text. */
  @Override
  public String toString() {
    boolean isOpen = value instanceof MetaFFIHandle && !((MetaFFIHandle) value).released();
    if (isOpen && can("text")) {
      return operate("text").as(String.class);
    }
    return value instanceof Object[] ? Arrays.deepToString((Object[]) value) : String.valueOf(value);
  }

  /** Whether it is more than a value: no number, text, array or the like. */
  boolean isObject() {
    boolean isPlain =
        value == null
            || value instanceof CharSequence
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof Character;
    return !isPlain && !value.getClass().isArray();
  }

  // ------------------------------------------------------------ how

  /** What the object does by a name; null where there is no such member. */
  Caller find(int kind, String name) {
    return type().find(handle(), kind, name);
  }

  /** Calls a function that takes the object first. */
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
          ? MetaFFIHandle.taken(((Caller) value).lend())
          : MetaFFIHandle.taken(ForeignType.lower(value));
      handle = known;
    }
    return known;
  }

  private static Object[] given(Object[] arguments) {
    return arguments == null ? new Object[] {null} : arguments;
  }

  /** Arguments as they are passed, behind so many that are still to come. */
  private static Object[] lowered(Object[] arguments, int before) {
    Object[] all = new Object[before + arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      all[before + i] = lowered(arguments[i]);
    }
    return all;
  }

  /** What an object of this class stands for, also in lists and arrays. */
  static Object lowered(Object argument) {
    if (argument instanceof Number || argument instanceof String) {
      return argument;
    }
    if (argument instanceof MetaFFIObject) {
      return ((MetaFFIObject) argument).value;
    }
    MetaFFIObject viewed = behind(argument);
    if (viewed != null) {
      return viewed.value;
    }
    boolean holdsOurs =
        argument instanceof List
            && ((List<?>) argument)
                .stream().anyMatch(each -> each instanceof MetaFFIObject || behind(each) != null);
    return holdsOurs
        ? ((List<?>) argument).stream().map(MetaFFIObject::lowered).toArray()
        : argument;
  }

  /** The object that a view of one is of: a list, a map, an interface; else null. */
  private static MetaFFIObject behind(Object view) {
    return view instanceof ObjectView
        ? ((ObjectView) view).viewed()
        : InterfaceView.behind(view);
  }
}
