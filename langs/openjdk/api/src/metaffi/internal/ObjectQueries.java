package metaffi.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import metaffi.stubs.Guest;
import metaffi.stubs.Implementation;

/** Answers what other languages ask of Java objects: their items, members and descriptions. */
public final class ObjectQueries {
  /** The plans for the methods of each name in a class; made once, and never freed. */
  private static final ClassValue<Map<String, Long>> PLANS =
      new ClassValue<>() {
        @Override
        protected Map<String, Long> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private ObjectQueries() {}

  /**
   * Returns all items of an object.
   *
   * @param object any object
   * @return null if it is not iterable, or is a map
   */
  public static Object[] items(Object object) {
    if (object instanceof Collection) {
      return ((Collection<?>) object).toArray();
    }
    if (object.getClass().isArray()) {
      Object[] items = new Object[Array.getLength(object)];
      Arrays.setAll(items, at -> Array.get(object, at));
      return items;
    }
    Iterator<?> iterator = iterator(object);
    if (iterator == null) {
      return null;
    }
    List<Object> items = new ArrayList<>();
    iterator.forEachRemaining(items::add);
    return items.toArray();
  }

  static Iterator<?> iterator(Object object) {
    if (object instanceof Iterator) {
      return (Iterator<?>) object;
    }
    if (object instanceof Iterable) {
      return ((Iterable<?>) object).iterator();
    }
    if (object instanceof Enumeration) {
      return Collections.list((Enumeration<?>) object).iterator();
    }
    return object instanceof BaseStream ? ((BaseStream<?, ?>) object).iterator() : null;
  }

  /**
   * Returns the keys and the values of a map.
   *
   * @param object any object
   * @return two arrays of the same length; null if it is not a map
   */
  public static Object[][] entries(Object object) {
    if (!(object instanceof Map)) {
      return null;
    }
    List<Object> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) object).entrySet()) {
      keys.add(entry.getKey());
      values.add(entry.getValue());
    }
    return new Object[][] {keys.toArray(), values.toArray()};
  }

  /**
   * Returns the method of a name, or the function that an object is.
   *
   * @param object any object
   * @param name its name; empty for the object itself
   * @return a {@code metaffi_callable}, with one reference for the caller; 0 if there is none
   */
  public static long method(Object object, String name) {
    if (name.isEmpty()) {
      return JavaFunction.isFunction(object) ? JavaFunction.lower(object, null) : 0;
    }
    if (object instanceof Guest) {
      Spread method = Implementation.method(object, name);
      return method == null ? 0 : newReference(method, method.counts(), method::members);
    }
    Class<?> type = object.getClass();
    return newReference(object, name, () -> ofObject(type, name));
  }

  private static long newReference(Object target, String name, Supplier<Object[][]> members) {
    Long plan = PLANS.get(target.getClass()).computeIfAbsent(name, unknown -> plan(members.get()));
    return plan == null ? 0 : JavaFunction.newMethodReference(target, plan);
  }

  /** Null if there is no method: then nothing is stored. */
  private static Long plan(Object[][] members) {
    return members.length == 0
        ? null
        : Functions.planMembers(members, Functions.METHOD, Functions.BOUND);
  }

  private static Object[][] ofObject(Class<?> type, String name) {
    return Arrays.stream(Members.methods(type, name))
        .filter(member -> !Members.isStatic(member))
        .toArray(Object[][]::new);
  }

  /**
   * Returns the number of an object's type.
   *
   * @param object any object
   * @return the same for all objects of its class; for a class object, a number of its own
   */
  public static long typeOf(Object object) {
    return ObjectType.of(object).number;
  }

  /**
   * Returns the number of the type of a class's instances.
   *
   * @param object any object
   * @return 0 if it is not a class, -1 if it only has the methods of a guest's interface
   */
  public static long typeOfInstances(Object object) {
    if (object instanceof Guest) {
      return -1;
    }
    return object instanceof Class ? InstanceType.of((Class<?>) object).number : 0;
  }

  /**
   * Returns a member of a type by its name.
   *
   * @param object any object of the type
   * @param kind one of {@code METAFFI_MEMBER_*}
   * @param name the member's name
   * @return a {@code metaffi_callable}, with one reference for the caller; 0 if there is none
   * @throws ClassNotFoundException for a name with dots that no module contains
   */
  public static long member(Object object, long kind, String name) throws ClassNotFoundException {
    return ObjectType.of(object).member((int) kind, name);
  }

  /**
   * Describes the type of an object.
   *
   * @param object any object; a class object stands for its instances
   * @return its name, its documentation, and three arrays: supertypes, operations, members
   */
  public static Object[] describe(Object object) {
    ObjectType type = ObjectType.of(object);
    return new Object[] {
      type.name(), "", type.supertypes(), type.operations(), type.members()
    };
  }

  /**
   * Returns a member of a class, without declared types.
   *
   * @param type the class
   * @param name the member's name, {@code <init>} for constructors
   * @param sort what is done with it, see {@link Functions}
   * @param onInstance whether it takes an object as its first argument
   * @return a {@code metaffi_callable}, with one reference for the caller; 0 if there is none
   */
  public static long entity(Class<?> type, String name, int sort, boolean onInstance) {
    return ClassType.of(type).entity(name, sort, onInstance);
  }

  /**
   * Returns the object that represents a module.
   *
   * @param loader its loader
   * @return the same object each time
   */
  public static Object namespace(ClassLoader loader) {
    return ((ModuleLoader) loader).namespace();
  }
}
