package metaffi.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How other languages see Java objects: their members by name. */
abstract class ObjectType {
  /** The kinds of members, as in {@code metaffi.h}. */
  static final int METHOD = 0;

  static final int GET = 1;
  static final int SET = 2;
  static final int OPERATION = 3;

  private static final AtomicLong NUMBERS = new AtomicLong();

  /** Unique as long as the process lives. */
  final long number = NUMBERS.incrementAndGet();

  /** The plans of members by kind and name; never freed. */
  private final Map<String, Long> plans = new ConcurrentHashMap<>();

  /** The type of an object. */
  static ObjectType of(Object object) {
    if (object instanceof Class) {
      return ClassType.of((Class<?>) object);
    }
    return object instanceof Namespace
        ? ((Namespace) object).type()
        : InstanceType.of(object.getClass());
  }

  /**
   * Returns a member of the type's objects.
   *
   * @return a {@code metaffi_callable}, with one reference for the caller; 0 if there is none
   */
  long member(int kind, String name) throws ClassNotFoundException {
    return newReference(kind + name, () -> plan(kind, name));
  }

  /** The callable of a plan that is made once; 0 if there is no plan, which is not stored. */
  final long newReference(String key, Planner planner) throws ClassNotFoundException {
    Long known = plans.get(key);
    if (known == null) {
      // Planning runs class initializers, so it holds no lock.
      known = planner.plan();
      if (known != 0) {
        plans.putIfAbsent(key, known);
      }
    }
    return known == 0 ? 0 : JavaFunction.newMemberReference(known);
  }

  /** Makes a plan; 0 for none. */
  interface Planner {
    long plan() throws ClassNotFoundException;
  }

  /** The plan for a member; 0 if there is none. */
  abstract long plan(int kind, String name);

  abstract String name();

  /** The type itself first, then its supertypes, nearest first. */
  abstract String[] supertypes();

  abstract String[] operations();

  /** Name, kind, signature and documentation of each member. */
  abstract String[] members();
}
