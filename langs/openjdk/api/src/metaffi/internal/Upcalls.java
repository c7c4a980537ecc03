package metaffi.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteOrder;

/**
 * Makes C functions that call members of Java classes: upcall stubs of {@code java.lang.foreign},
 * in JDK 22 and later.
 *
 * <p>Compiled for Java 11, so newer APIs are looked up by name. Nothing here is used before the
 * plugin finds that a member is called often.
 */
public final class Upcalls {
  private static final int FIRST_JDK = 22;
  private static final String FOREIGN = "java.lang.foreign.";

  private Upcalls() {}

  /**
   * Returns whether stubs can be made: the JDK has them, this module may make them, and the
   * platform is little-endian.
   *
   * @return 1 or 0
   * @throws ReflectiveOperationException never in JDK 22 or later
   */
  public static int areSupported() throws ReflectiveOperationException {
    boolean are =
        Runtime.version().feature() >= FIRST_JDK
            && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
            && (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(module());
    return are ? 1 : 0;
  }

  private static Module module() {
    return Upcalls.class.getModule();
  }

  /**
   * Makes a stub, an {@code int (*)(metaffi_frame *)}, which lives as long as the result.
   *
   * @param member a method, constructor or field
   * @param access what to do with it, by the codes of {@link UpcallTarget}
   * @param params how its arguments are read, by the codes of {@link UpcallCode}
   * @param result how its result is written, likewise
   * @param type the type of the result, as in the header
   * @param plan the plan that is passed to {@link UpcallValues#give}
   * @return the stub; null if there is no handle for the member
   * @throws Throwable what {@code java.lang.foreign} throws
   */
  public static Object make(
      Object member, int access, byte[] params, int result, int type, long plan) throws Throwable {
    MethodHandle target = UpcallTarget.of(member, access, params, result);
    return target == null ? null : stub(UpcallCode.of(target, params, result, type, plan));
  }

  /**
   * Returns the address of a stub.
   *
   * @param stub the result of {@link #make}
   * @return its address
   * @throws ReflectiveOperationException never
   */
  public static long address(Object stub) throws ReflectiveOperationException {
    return (long) foreign("MemorySegment").getMethod("address").invoke(stub);
  }

  static Class<?> foreign(String name) throws ClassNotFoundException {
    return Class.forName(FOREIGN + name);
  }

  /** This class must be the caller, because {@code upcallStub} is restricted. */
  private static Object stub(MethodHandle code) throws Throwable {
    Class<?> function = foreign("FunctionDescriptor");
    Class<?> arena = foreign("Arena");
    Object options = Array.newInstance(foreign("Linker$Option"), 0);
    Method make =
        foreign("Linker")
            .getMethod("upcallStub", MethodHandle.class, function, arena, options.getClass());
    Object linker = foreign("Linker").getMethod("nativeLinker").invoke(null);
    try {
      // Freed by the garbage collector when the stub is unreachable.
      Object untilUnreachable = arena.getMethod("ofAuto").invoke(null);
      return make.invoke(linker, code, Shape.FRAME_TO_STATUS, untilUnreachable, options);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The one signature that all stubs have. */
  private static final class Shape {
    static final Object FRAME_TO_STATUS;

    static {
      try {
        Class<?> layout = foreign("MemoryLayout");
        Class<?> value = foreign("ValueLayout");
        Object params = Array.newInstance(layout, 1);
        Array.set(params, 0, value.getField("JAVA_LONG").get(null));
        Object status = value.getField("JAVA_INT").get(null);
        FRAME_TO_STATUS =
            foreign("FunctionDescriptor")
                .getMethod("of", layout, params.getClass())
                .invoke(null, status, params);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** The lookup that defines the classes of stubs, in this package. */
  static MethodHandles.Lookup lookup() {
    return MethodHandles.lookup();
  }
}
