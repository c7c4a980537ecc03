package metaffi.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What objects of Java are to other languages: what they do by which name. */
abstract class ObjectType {
  /** The kinds of members, as in {@code metaffi.h}. */
  static final int METHOD = 0;

  static final int GET = 1;
  static final int SET = 2;
  static final int OPERATION = 3;

  private static final AtomicLong NUMBERS = new AtomicLong();

  /** No other type's as long as the process lives. */
  final long number = NUMBERS.incrementAndGet();

  /** The plans for members by kind and name; never freed. */
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
   * What its objects do by a name.
   *
   * @return a {@code metaffi_callable}, one reference of which is the caller's; 0 when there is none
   */
  long member(int kind, String name) throws ClassNotFoundException {
    return lend(kind + name, () -> plan(kind, name));
  }

  /** What is planned once, as a callable; 0 for no plan, which is not remembered. */
  final long lend(String key, Planner planner) throws ClassNotFoundException {
    Long known = plans.get(key);
    if (known == null) {
      // Planning runs the initializers of classes, and so it holds no lock.
      known = planner.plan();
      if (known != 0) {
        plans.putIfAbsent(key, known);
      }
    }
    return known == 0 ? 0 : JavaFunction.lendMember(known);
  }

  /** Makes a plan; 0 for none. */
  interface Planner {
    long plan() throws ClassNotFoundException;
  }

  /** The plan for a member; 0 when there is none. */
  abstract long plan(int kind, String name);

  abstract String name();

  /** Itself first, nearest first. */
  abstract String[] supertypes();

  abstract String[] operations();

  /** Name, kind, signature and documentation of each. */
  abstract String[] members();
}
