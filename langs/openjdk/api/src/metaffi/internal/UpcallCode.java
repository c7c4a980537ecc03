package metaffi.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.List;

/**
 * The code of an upcall stub: a hidden class for each, which stack traces do not show, with one
 * method
 *
 * <pre>{@code
 * static int call(long frame) {
 *   if (frame == 0) return 0; // to run it without a call
 *   try {
 *     long args = UpcallValues.args(frame);
 *     return UpcallValues.put(TARGET.invokeExact(UpcallValues.longAt(args, 0), …), frame, …);
 *   } catch (Throwable thrown) {
 *     return UpcallValues.fail(thrown, frame);
 *   }
 * }
 * }</pre>
 *
 * <p>The handle is a constant of its class, so that the JIT compiler compiles everything into one
 * piece of code. The caller has checked that the arguments are of the types that are read here.
 */
final class UpcallCode {
  /**
   * How an argument is read: a number as its type, a 4-byte float, a string, an object, or either
   * of these.
   */
  static final byte NUMBER = 0;

  static final byte FLOAT = 1;
  static final byte TEXT = 2;
  static final byte OBJECT = 3;
  static final byte TEXT_OR_OBJECT = 4;

  /**
   * An array of {@code byte}; the codes that follow are for arrays of the types that follow in
   * {@link Kinds}.
   */
  static final byte BYTES = 5;

  private static final List<String> ARRAYS =
      List.of("bytesAt", "charsAt", "shortsAt", "intsAt", "longsAt", "floatsAt", "doublesAt");

  /** How a result is written: not at all, as null, as a number of a width and kind, … */
  static final int NOTHING = 0;

  static final int NULL = 1;
  static final int TRUTH = 2;
  static final int SIGNED = 3;
  static final int UNSIGNED_8 = 4;
  static final int UNSIGNED_16 = 5;
  static final int UNSIGNED_32 = 6;
  static final int FLOAT_32 = 7;
  static final int FLOAT_64 = 8;

  /** … as a string, or by the plugin. */
  static final int TEXT_RESULT = 9;

  static final int OTHER_RESULT = 10;

  private static final String NAME = "metaffi/internal/Upcall";
  private static final String VALUES = "metaffi/internal/UpcallValues";
  private static final String HANDLE = "java/lang/invoke/MethodHandle";
  private static final String HANDLE_TYPE = "Ljava/lang/invoke/MethodHandle;";
  private static final MethodType STUB = MethodType.methodType(int.class, long.class);

  private UpcallCode() {}

  /** The result type of a target with this result class, written in this way. */
  static Class<?> resultType(Class<?> type, int result) {
    switch (result) {
      case NOTHING:
      case NULL:
        return void.class;
      case TRUTH:
        return boolean.class;
      case FLOAT_32:
        return float.class;
      case FLOAT_64:
        return double.class;
      case TEXT_RESULT:
      case OTHER_RESULT:
        return Object.class;
      default:
        return long.class;
    }
  }

  /** The stub code that calls a target. */
  static MethodHandle of(MethodHandle target, byte[] params, int result, int type, long plan)
      throws ReflectiveOperationException {
    ClassWriter writer = new ClassWriter();
    writer.field(ClassWriter.STATIC | ClassWriter.FINAL, "TARGET", HANDLE_TYPE);
    writer.method(ClassWriter.STATIC, "<clinit>", "()V", initializer(writer));
    CodeWriter call = call(writer, target.type(), params, result, type, plan);
    writer.method(ClassWriter.STATIC, "call", STUB.toMethodDescriptorString(), call);
    Lookup made = define(writer.toBytes(NAME, "java/lang/Object", List.of()), target);
    return made.findStatic(made.lookupClass(), "call", STUB);
  }

  /** {@code Lookup.defineHiddenClassWithClassData}, since Java 16. */
  private static Lookup define(byte[] bytes, MethodHandle target)
      throws ReflectiveOperationException {
    Class<?> option = Class.forName("java.lang.invoke.MethodHandles$Lookup$ClassOption");
    Object options = Array.newInstance(option, 0);
    Method define =
        Lookup.class.getMethod(
            "defineHiddenClassWithClassData",
            byte[].class,
            Object.class,
            boolean.class,
            options.getClass());
    return (Lookup) define.invoke(Upcalls.lookup(), bytes, target, true, options);
  }

  private static CodeWriter initializer(ClassWriter writer) {
    return new CodeWriter(writer, new Class<?>[0])
        .callStatic(
            "java/lang/invoke/MethodHandles",
            "lookup",
            "()Ljava/lang/invoke/MethodHandles$Lookup;")
        .string("_")
        .type(HANDLE)
        .callStatic(
            "java/lang/invoke/MethodHandles",
            "classData",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)"
                + "Ljava/lang/Object;")
        .cast(HANDLE)
        .putStatic(NAME, "TARGET", HANDLE_TYPE)
        .returnValue(void.class);
  }

  private static CodeWriter call(
      ClassWriter writer, MethodType target, byte[] params, int result, int type, long plan) {
    MethodType room = target.insertParameterTypes(0, long.class, long.class);
    CodeWriter code = new CodeWriter(writer, room.parameterArray());
    code.returnZeroIfZero(0);
    code.load(long.class, 0).callStatic(VALUES, "args", "(J)J").store(long.class, 2);
    code.getStatic(NAME, "TARGET", HANDLE_TYPE);
    for (int i = 0; i < params.length; i++) {
      read(code, params[i], target.parameterType(i), i);
    }
    code.callVirtual(HANDLE, "invokeExact", target.toMethodDescriptorString());
    write(code, target.returnType(), result, type, plan);
    code.handler().load(long.class, 0);
    return code.callStatic(VALUES, "fail", "(Ljava/lang/Throwable;J)I").returnValue(int.class);
  }

  private static void read(CodeWriter code, byte how, Class<?> type, int index) {
    code.load(long.class, 2).number(index);
    String descriptor = MethodType.methodType(type, long.class, int.class).toMethodDescriptorString();
    code.callStatic(VALUES, reader(how, type), descriptor);
  }

  private static String reader(byte how, Class<?> type) {
    switch (how) {
      case TEXT:
        return "textAt";
      case OBJECT:
        return "objectAt";
      case TEXT_OR_OBJECT:
        return "textOrObjectAt";
      case NUMBER:
      case FLOAT:
        return type.getName() + "At";
      default:
        return ARRAYS.get(how - BYTES);
    }
  }

  private static void write(CodeWriter code, Class<?> given, int result, int type, long plan) {
    code.load(long.class, 0);
    switch (result) {
      case NOTHING:
        code.callStatic(VALUES, "nothing", "(J)I");
        break;
      case NULL:
        code.callStatic(VALUES, "putNull", "(J)I");
        break;
      case TEXT_RESULT:
        code.number(plan).callStatic(VALUES, "putText", "(Ljava/lang/Object;JJ)I");
        break;
      case OTHER_RESULT:
        code.number(plan).callStatic(VALUES, "putOther", "(Ljava/lang/Object;JJ)I");
        break;
      default:
        String name = writer(result);
        MethodType put = MethodType.methodType(int.class, given, long.class, long.class);
        code.number((long) type).callStatic(VALUES, name, put.toMethodDescriptorString());
        break;
    }
    code.returnValue(int.class);
  }

  private static String writer(int result) {
    switch (result) {
      case UNSIGNED_8:
        return "putUnsigned8";
      case UNSIGNED_16:
        return "putUnsigned16";
      case UNSIGNED_32:
        return "putUnsigned32";
      default:
        return "put";
    }
  }
}
