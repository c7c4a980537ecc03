package metaffi.internal;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodType;
import java.util.List;

/** Writes the code of one method (JVMS 6), and tracks its stack and locals. */
final class CodeWriter {
  private static final int ALOAD = 25;
  private static final int POP = 87;
  private static final int DUP = 89;
  private static final int I2L = 133;
  private static final int L2I = 136;
  private static final int RETURN = 177;

  /** The codes of {@code iload} and {@code ireturn}; those of other types follow. */
  private static final int LOAD = 21;

  private static final int RETURN_VALUE = 172;
  private static final String TYPES = "IJFDA";

  private final ClassWriter of;
  private final ByteArrayOutputStream code = new ByteArrayOutputStream();
  private final int locals;
  private int maxStack = 24;

  /**
   * The start of the code that {@link #handler} covers, and the handler itself; 0 if there is none.
   */
  private int guarded;

  private int handler;

  /** Starts the code of a method with these parameters, which follow the object. */
  CodeWriter(ClassWriter of, Class<?>[] parameters) {
    this.of = of;
    int count = 1;
    for (Class<?> each : parameters) {
      count += words(each);
    }
    locals = count;
    maxStack += count;
  }

  byte[] bytes() {
    return code.toByteArray();
  }

  /** The exception handlers and attributes that follow the code. */
  byte[] attributes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (handler == 0) {
      bytes.writeBytes(new byte[4]); // no handlers, no attributes
      return bytes.toByteArray();
    }
    int throwable = of.type("java/lang/Throwable");
    int attribute = of.text("StackMapTable");
    ClassWriter.write(
        bytes,
        out -> {
          out.writeShort(1);
          out.writeShort(guarded);
          out.writeShort(handler);
          out.writeShort(handler);
          out.writeShort(throwable);
          out.writeShort(1);
          out.writeShort(attribute);
          out.writeInt(9);
          out.writeShort(2);
          out.writeByte(guarded); // same frame as at the start
          out.writeByte(247); // same locals, and the thrown object on the stack
          out.writeShort(handler - guarded - 1);
          out.writeByte(7);
          out.writeShort(throwable);
        });
    return bytes.toByteArray();
  }

  int locals() {
    return locals;
  }

  int maxStack() {
    return maxStack;
  }

  static int words(Class<?> type) {
    return type == long.class || type == double.class ? 2 : 1;
  }

  private void op(int opcode, int operand) {
    ClassWriter.write(
        code,
        out -> {
          out.writeByte(opcode);
          out.writeShort(operand);
        });
  }

  /** Loads a local variable with the wide form of the instruction. */
  CodeWriter load(Class<?> type, int local) {
    code.write(196);
    op(type == null ? ALOAD : LOAD + sort(type), local);
    return this;
  }

  CodeWriter loadThis() {
    return load(null, 0);
  }

  /** Loads all parameters. */
  CodeWriter loadAll(Class<?>[] parameters, int first) {
    int local = first;
    for (Class<?> each : parameters) {
      load(each, local);
      local += words(each);
    }
    return this;
  }

  /** Pushes an array of all parameters, boxed. */
  CodeWriter arrayOf(Class<?>[] parameters) {
    number(parameters.length);
    op(189, of.type("java/lang/Object"));
    int local = 1;
    for (int i = 0; i < parameters.length; i++) {
      code.write(DUP);
      number(i);
      load(parameters[i], local);
      box(parameters[i]);
      code.write(83); // aastore
      local += words(parameters[i]);
    }
    return this;
  }

  CodeWriter number(int value) {
    op(17, value);
    return this;
  }

  CodeWriter number(long value) {
    op(20, of.number(value));
    return this;
  }

  CodeWriter string(String value) {
    op(19, of.string(value));
    return this;
  }

  CodeWriter type(String internalName) {
    op(19, of.type(internalName));
    return this;
  }

  CodeWriter cast(String internalName) {
    op(192, of.type(internalName));
    return this;
  }

  CodeWriter store(Class<?> type, int local) {
    code.write(196);
    op(LOAD + 33 + sort(type), local);
    return this;
  }

  /**
   * Returns 0 at once if a {@code long} is 0; the code that follows is covered by {@link #handler}.
   */
  CodeWriter returnZeroIfZero(int local) {
    load(long.class, local);
    code.write(9); // lconst_0
    code.write(148); // lcmp
    op(154, 5); // ifne, behind the next two
    code.write(3); // iconst_0
    code.write(RETURN_VALUE);
    guarded = code.size();
    return this;
  }

  /** Starts the exception handler; the thrown object is on the stack. */
  CodeWriter handler() {
    handler = code.size();
    return this;
  }

  CodeWriter putStatic(String owner, String name, String descriptor) {
    op(179, of.member(9, owner, name, descriptor));
    return this;
  }

  CodeWriter callVirtual(String owner, String name, String descriptor) {
    op(182, of.member(10, owner, name, descriptor));
    return this;
  }

  CodeWriter element() {
    code.write(50);
    return this;
  }

  CodeWriter getStatic(String owner, String name, String descriptor) {
    op(178, of.member(9, owner, name, descriptor));
    return this;
  }

  CodeWriter getField(String owner, String name, String descriptor) {
    op(180, of.member(9, owner, name, descriptor));
    return this;
  }

  CodeWriter putField(String owner, String name, String descriptor) {
    op(181, of.member(9, owner, name, descriptor));
    return this;
  }

  CodeWriter callStatic(String owner, String name, String descriptor) {
    op(184, of.member(10, owner, name, descriptor));
    return this;
  }

  /** Calls a superclass's method or constructor, or the default method of an interface. */
  CodeWriter callOwn(boolean isInterface, String owner, String name, String descriptor) {
    op(183, of.member(isInterface ? 11 : 10, owner, name, descriptor));
    return this;
  }

  CodeWriter pushNull() {
    code.write(1); // aconst_null
    return this;
  }

  /** Converts the primitive on the stack to its bits, a {@code long}. */
  CodeWriter toBits(Class<?> type) {
    if (type == double.class) {
      return callStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
    }
    if (type == float.class) {
      callStatic("java/lang/Float", "floatToRawIntBits", "(F)I");
    }
    if (type != long.class) {
      code.write(I2L);
    }
    return this;
  }

  /** Converts the bits on the stack to a primitive; drops them for {@code void}. */
  CodeWriter fromBits(Class<?> type) {
    if (type == double.class) {
      return callStatic("java/lang/Double", "longBitsToDouble", "(J)D");
    }
    if (type == void.class) {
      code.write(88); // pop2
    } else if (type != long.class) {
      code.write(L2I);
    }
    if (type == float.class) {
      return callStatic("java/lang/Float", "intBitsToFloat", "(I)F");
    }
    int narrow = List.of(byte.class, char.class, short.class).indexOf(type);
    if (narrow >= 0) {
      code.write(145 + narrow); // i2b, i2c, i2s
    }
    return this;
  }

  private void box(Class<?> type) {
    if (type.isPrimitive()) {
      Class<?> box = MethodType.methodType(type).wrap().returnType();
      String descriptor = MethodType.methodType(box, type).toMethodDescriptorString();
      callStatic(internal(box), "valueOf", descriptor);
    }
  }

  /** Returns the object on the stack as the method's result type. */
  CodeWriter returnObject(Class<?> type) {
    if (type == void.class) {
      code.write(POP);
      return returnValue(type);
    }
    Class<?> box = MethodType.methodType(type).wrap().returnType();
    cast(internal(box));
    if (type.isPrimitive()) {
      String descriptor = MethodType.methodType(type).toMethodDescriptorString();
      callVirtual(internal(box), type.getName() + "Value", descriptor);
    }
    return returnValue(type);
  }

  /** Returns the value on the stack. */
  CodeWriter returnValue(Class<?> type) {
    code.write(type == void.class ? RETURN : RETURN_VALUE + sort(type));
    return this;
  }

  private static int sort(Class<?> type) {
    String descriptor = MethodType.methodType(type).toMethodDescriptorString();
    int sort = TYPES.indexOf(descriptor.charAt(descriptor.indexOf(')') + 1));
    return sort >= 0 ? sort : type.isPrimitive() ? 0 : TYPES.indexOf('A');
  }

  /** The descriptor of a method. */
  static String descriptor(Class<?> result, Class<?>... parameters) {
    return MethodType.methodType(result, parameters).toMethodDescriptorString();
  }

  /** The name of a class in class files; the descriptor of an array class. */
  static String internal(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
