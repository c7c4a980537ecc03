package metaffi;

import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metaffi.internal.Names;

/** What is known about a guest type: its members by name, each looked up once. */
final class ForeignType {
  private static final String[] NONE = {};

  /** The kinds of members, as in {@code metaffi.h}. */
  static final int METHOD = 0;

  static final int GET = 1;
  static final int SET = 2;
  static final int OPERATION = 3;
  static final int NAMED = 4;

  /**
   * By the runtime's id and the type's number; an entry lives as long as Java holds an object of
   * the type.
   */
  private static final Map<List<Long>, WeakReference<ForeignType>> KNOWN =
      new ConcurrentHashMap<>();

  /** For objects that do not describe their members. */
  private static final ForeignType UNDESCRIBED = new ForeignType();

  private final List<Map<String, Caller>> functions = new ArrayList<>();

  /** The interfaces that objects of this type were viewed as, with what each method calls. */
  final Map<Class<?>, InterfaceView.Plan> views = new ConcurrentHashMap<>();

  private volatile Description description;

  private ForeignType() {
    for (int kind = METHOD; kind <= NAMED; kind++) {
      functions.add(new ConcurrentHashMap<>());
    }
  }

  /** The type of an object. */
  static ForeignType of(MetaFFIHandle object) {
    long raw = used(object);
    try {
      long number = typeOf(raw);
      return number == 0 ? UNDESCRIBED : known(List.of(object.runtimeId(), number));
    } finally {
      object.endUse();
    }
  }

  private static ForeignType known(List<Long> numbers) {
    WeakReference<ForeignType> reference = KNOWN.get(numbers);
    ForeignType known = reference == null ? null : reference.get();
    if (known == null) {
      KNOWN.values().removeIf(each -> each.get() == null);
      known = new ForeignType();
      KNOWN.put(numbers, new WeakReference<>(known)); // if two threads race, the later one stays
    }
    return known;
  }

  /** The member of a name; null if there is no such member. */
  Caller find(MetaFFIHandle object, int kind, String name) {
    Caller known = functions.get(kind).get(name);
    return known == null && this != UNDESCRIBED ? look(object, kind, name) : known;
  }

  private Caller look(MetaFFIHandle object, int kind, String name) {
    long raw = used(object);
    try {
      long found = member(raw, kind, name);
      if (found == 0) {
        return null;
      }
      Caller function = new Caller(NativeCallee.ofMember(found, name));
      functions.get(kind).put(name, function);
      return function;
    } finally {
      object.endUse();
    }
  }

  /** The description of the type, requested once. */
  Description description(MetaFFIHandle object) {
    Description known = description;
    if (this == UNDESCRIBED) {
      known = new Description(new Object[] {object.toString(), "", NONE, NONE, NONE});
    } else if (known == null) {
      long raw = used(object);
      try {
        known = new Description(describe(raw));
        description = known;
      } finally {
        object.endUse();
      }
    }
    return known;
  }

  /** The error for a name that does not exist. */
  MetaFFIException missing(MetaFFIHandle object, String name) {
    Description there = description(object);
    String[] names = there.members.stream().map(MetaFFIMember::name).toArray(String[]::new);
    return MetaFFIException.notFound(
        "no `" + name + "` in " + there.name + Names.suggestion(name, names));
  }

  private static long used(MetaFFIHandle object) {
    long raw = object.use();
    if (raw == 0) {
      object.endUse();
      throw MetaFFIException.released(MetaFFIHandle.RELEASED);
    }
    return raw;
  }

  /** The guest's description of a type. */
  static final class Description {
    final String name;
    final String doc;
    final List<String> supertypes;
    final List<String> operations;
    final List<MetaFFIMember> members = new ArrayList<>();

    private Description(Object[] parts) {
      name = (String) parts[0];
      doc = (String) parts[1];
      supertypes = texts(parts[2]);
      operations = texts(parts[3]);
      String[] rows = texts(parts[4]).toArray(new String[0]);
      for (int at = 0; at + 3 < rows.length; at += 4) {
        members.add(new MetaFFIMember(rows[at], rows[at + 1], rows[at + 2], rows[at + 3]));
      }
    }

    private static List<String> texts(Object array) {
      return List.of(Stream.of((Object[]) array).toArray(String[]::new));
    }

    boolean has(String... wanted) {
      return operations.containsAll(Arrays.asList(wanted));
    }
  }

  /** The number of an object's type; 0 if its runtime does not report types. */
  private static native long typeOf(long object);

  /** A new reference to the callable of a member; 0 when there is none. */
  private static native long member(long object, long kind, String name);

  /** Name, documentation, and three arrays: supertypes, operations, members. */
  private static native Object[] describe(long object);

  /** All items of an object; null if it is not iterable. */
  static Object[] items(MetaFFIHandle object) {
    long raw = used(object);
    try {
      Object items = items(raw);
      return items == null
          ? null
          : IntStream.range(0, Array.getLength(items))
              .mapToObj(at -> Array.get(items, at))
              .toArray();
    } finally {
      object.endUse();
    }
  }

  private static native Object items(long object);

  /** A new reference to the native object that represents a Java object in other languages. */
  static native long lower(Object object);

  /**
   * Loads what an entity path of a module names: a {@link MetaFFIHandle}, a {@link Caller}, or a
   * Java object.
   */
  static native Object load(long module, String path);
}
