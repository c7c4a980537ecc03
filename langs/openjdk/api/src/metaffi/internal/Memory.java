package metaffi.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/**
 * Memory outside of Java, by its address: of JDK 22 and later, where {@code java.lang.foreign} is.
 *
 * <p>This is compiled for Java 11, so that package is found by its name, once. The handles are
 * constants, which the JVM's compiler makes single instructions of.
 */
final class Memory {
  private static final MethodHandle GET_LONG;
  private static final MethodHandle PUT_LONG;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
      Class<?> layout = Class.forName("java.lang.foreign.ValueLayout");
      Class<?> ofLong = Class.forName("java.lang.foreign.ValueLayout$OfLong");
      // This class has to be the caller, for the method is a restricted one.
      Method reinterpret = segment.getMethod("reinterpret", long.class);
      Object all = reinterpret.invoke(segment.getField("NULL").get(null), Long.MAX_VALUE);
      Object longs = layout.getField("JAVA_LONG").get(null);

      MethodType type = MethodType.methodType(long.class, ofLong, long.class);
      MethodHandle get = lookup.findVirtual(segment, "get", type);
      GET_LONG = MethodHandles.insertArguments(get, 0, all, longs);
      type = MethodType.methodType(void.class, ofLong, long.class, long.class);
      MethodHandle set = lookup.findVirtual(segment, "set", type);
      PUT_LONG = MethodHandles.insertArguments(set, 0, all, longs);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Memory() {}

  static long getLong(long address) throws Throwable {
    return (long) GET_LONG.invokeExact(address);
  }

  static void putLong(long address, long value) throws Throwable {
    PUT_LONG.invokeExact(address, value);
  }
}
