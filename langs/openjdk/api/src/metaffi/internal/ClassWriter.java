package metaffi.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a class file whose methods have almost no branches, and so few stack maps (JVMS 4). */
final class ClassWriter {
  static final int PUBLIC = 0x0001;
  static final int STATIC = 0x0008;
  static final int FINAL = 0x0010;
  private static final int SUPER = 0x0020;

  /** The class file version of Java 11. */
  private static final int VERSION = 55;

  private final Map<List<Object>, Integer> pool = new LinkedHashMap<>();
  private final ByteArrayOutputStream constants = new ByteArrayOutputStream();
  /** The last used index; a long takes two. */
  private int last;

  private final ByteArrayOutputStream fields = new ByteArrayOutputStream();
  private final ByteArrayOutputStream methods = new ByteArrayOutputStream();
  private int fieldCount;
  private int methodCount;

  /** Writes a part of the class file. */
  interface Part {
    void write(DataOutputStream out) throws IOException;
  }

  static void write(ByteArrayOutputStream to, Part part) {
    try {
      part.write(new DataOutputStream(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory streams do not fail
    }
  }

  /** The index of a constant in the pool; adds it if it is new. */
  private int constant(List<Object> key, Part part) {
    return constant(key, 1, part);
  }

  private int constant(List<Object> key, int places, Part part) {
    Integer known = pool.get(key);
    if (known != null) {
      return known;
    }
    write(constants, part);
    int place = last + 1;
    pool.put(key, place);
    last += places;
    return place;
  }

  int number(long value) {
    return constant(
        List.of(5, value),
        2,
        out -> {
          out.writeByte(5);
          out.writeLong(value);
        });
  }

  int string(String value) {
    return ofText(8, value);
  }

  int text(String text) {
    return constant(
        List.of(1, text),
        out -> {
          out.writeByte(1);
          out.writeUTF(text);
        });
  }

  int type(String internalName) {
    return ofText(7, internalName);
  }

  /** A constant that consists of a tag and a text. */
  private int ofText(int tag, String text) {
    int place = text(text);
    return constant(
        List.of(tag, text),
        out -> {
          out.writeByte(tag);
          out.writeShort(place);
        });
  }

  /** A field (9), a method (10) or a method of an interface (11). */
  int member(int tag, String owner, String name, String descriptor) {
    int type = type(owner);
    int nameAndType = nameAndType(name, descriptor);
    return constant(
        List.of(tag, owner, name, descriptor),
        out -> {
          out.writeByte(tag);
          out.writeShort(type);
          out.writeShort(nameAndType);
        });
  }

  private int nameAndType(String name, String descriptor) {
    int first = text(name);
    int second = text(descriptor);
    return constant(
        List.of(12, name, descriptor),
        out -> {
          out.writeByte(12);
          out.writeShort(first);
          out.writeShort(second);
        });
  }

  void field(int flags, String name, String descriptor) {
    int first = text(name);
    int second = text(descriptor);
    fieldCount++;
    write(
        fields,
        out -> {
          out.writeShort(flags);
          out.writeShort(first);
          out.writeShort(second);
          out.writeShort(0);
        });
  }

  void method(int flags, String name, String descriptor, CodeWriter code) {
    int first = text(name);
    int second = text(descriptor);
    int attribute = text("Code");
    byte[] bytes = code.bytes();
    byte[] attributes = code.attributes();
    methodCount++;
    write(
        methods,
        out -> {
          out.writeShort(flags);
          out.writeShort(first);
          out.writeShort(second);
          out.writeShort(1);
          out.writeShort(attribute);
          out.writeInt(8 + bytes.length + attributes.length);
          out.writeShort(code.maxStack());
          out.writeShort(code.locals());
          out.writeInt(bytes.length);
          out.write(bytes);
          out.write(attributes);
        });
  }

  byte[] toBytes(String name, String superclass, List<String> interfaces) {
    int self = type(name);
    int above = type(superclass);
    int[] all = interfaces.stream().mapToInt(this::type).toArray();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(
        bytes,
        out -> {
          out.writeInt(0xCAFEBABE);
          out.writeInt(VERSION);
          out.writeShort(last + 1);
          constants.writeTo(out);
          out.writeShort(PUBLIC | FINAL | SUPER);
          out.writeShort(self);
          out.writeShort(above);
          out.writeShort(all.length);
          for (int each : all) {
            out.writeShort(each);
          }
          out.writeShort(fieldCount);
          fields.writeTo(out);
          out.writeShort(methodCount);
          methods.writeTo(out);
          out.writeShort(0);
        });
    return bytes.toByteArray();
  }
}
