package host;

import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import metaffi.MetaFFIHandle;
import metaffi.MetaFFITypeInfo;
import metaffi.MetaFFITypes;
import org.json.JSONArray;
import org.json.JSONObject;

/** Values of a plan: lowers them to Java's, and compares results; holds a thread's variables. */
final class Values {
  private static final Pattern ARRAY = Pattern.compile("(_packed)?_?array$");
  private static final Map<String, MetaFFITypes> TYPES = new HashMap<>();

  static {
    for (MetaFFITypes type : MetaFFITypes.values()) {
      TYPES.put(type.name().toLowerCase().substring("metaffi".length()), type);
    }
  }

  final Map<String, Object> variables;
  private final Map<String, Object> objects;

  Values() {
    this(new HashMap<>(), new ConcurrentHashMap<>());
  }

  private Values(Map<String, Object> variables, Map<String, Object> objects) {
    this.variables = variables;
    this.objects = objects;
  }

  /** The variables of a new thread. */
  Values copy() {
    return new Values(new HashMap<>(variables), objects);
  }

  /** Declares a type. */
  static MetaFFITypeInfo[] infos(JSONArray declared) {
    MetaFFITypeInfo[] infos = new MetaFFITypeInfo[declared.length()];
    for (int i = 0; i < infos.length; i++) {
      JSONObject one = declared.getJSONObject(i);
      MetaFFITypes type = TYPES.get(one.getString("type").replace("_", ""));
      infos[i] = new MetaFFITypeInfo(type, one.getString("alias"), one.getInt("dims"));
    }
    return infos;
  }

  /** The Java value that is passed. */
  Object lower(Object written) {
    if (written == JSONObject.NULL) {
      return null;
    }
    JSONObject tagged = (JSONObject) written;
    String tag = tag(tagged);
    Object value = tagged.get(tag);
    switch (tag) {
      case "var":
        return variable((String) value);
      case "object":
        return objects.computeIfAbsent((String) value, name -> new Object());
      case "callback":
        return Functions.get((String) value);
      case "repeat":
        return ((String) lower(value)).repeat(tagged.getInt("times"));
      default:
        return value instanceof JSONArray
            ? array(tag, (JSONArray) value, tagged.optInt("dims", 1))
            : Scalars.parse(tag, (String) value);
    }
  }

  /** The key that is not a modifier of another. */
  private static String tag(JSONObject tagged) {
    return tagged.keySet().stream()
        .filter(key -> !key.equals("dims") && !key.equals("times"))
        .findFirst()
        .orElseThrow();
  }

  Object variable(String name) {
    Object stored = variables.get(name);
    if (stored == null) {
      throw new IllegalArgumentException("there is no variable " + name);
    }
    return stored;
  }

  private Object array(String tag, JSONArray items, int dims) {
    String element = ARRAY.matcher(tag).replaceFirst("");
    Object made = Array.newInstance(rows(Scalars.element(element), dims), items.length());
    for (int i = 0; i < items.length(); i++) {
      Object item = items.get(i);
      if (item instanceof JSONArray) {
        Array.set(made, i, array(tag, (JSONArray) item, dims - 1));
      } else if (item instanceof String) {
        Array.set(made, i, Scalars.parse(element, (String) item));
      } else {
        Array.set(made, i, lower(item));
      }
    }
    return made;
  }

  /** The class of the elements of an array of this rank. */
  private static Class<?> rows(Class<?> element, int dims) {
    return dims == 1 ? element : Array.newInstance(element, new int[dims - 1]).getClass();
  }

  /** Compares a result with the plan. */
  void expect(Object expected, Object actual) {
    if (expected instanceof JSONObject && ((JSONObject) expected).has("store")) {
      if (actual == null) {
        throw new AssertionError("got null");
      }
      variables.put(((JSONObject) expected).getString("store"), actual);
      return;
    }
    Object wanted = lower(expected);
    if (!same(wanted, actual)) {
      throw new AssertionError("expected " + Text.of(wanted) + ", got " + Text.of(actual));
    }
  }

  /** Exactly the same: classes, the bits of floats (any NaN is a NaN), identity. */
  static boolean same(Object wanted, Object actual) {
    if (wanted == null || actual == null) {
      return wanted == actual;
    }
    if (wanted.getClass().isArray() && actual.getClass().isArray()) {
      return sameItems(wanted, actual);
    }
    // Boxes compare their bits; other objects that are not handles are compared by identity.
    boolean byValue = wanted instanceof Comparable || wanted instanceof MetaFFIHandle;
    return byValue ? wanted.equals(actual) : wanted == actual;
  }

  private static boolean sameItems(Object wanted, Object actual) {
    // Arrays of handles have a class of their own if none of the handles belongs to Java.
    boolean objects = wanted instanceof Object[] && actual instanceof Object[];
    if (!objects && wanted.getClass() != actual.getClass()
        || Array.getLength(wanted) != Array.getLength(actual)) {
      return false;
    }
    for (int i = 0; i < Array.getLength(wanted); i++) {
      if (!same(Array.get(wanted, i), Array.get(actual, i))) {
        return false;
      }
    }
    return true;
  }
}
