package metaffi.internal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the name of the class in a class file, and its members (JVMS 4.1, 4.4 to 4.6). */
final class ClassFile {
  private static final int MAGIC = 0xCAFEBABE;

  private ClassFile() {}

  /** The binary name of the class in the file. */
  static String nameOf(Path path) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("it does not start with the magic number of class files");
      }
      return readName(in);
    } catch (IOException e) {
      throw new IOException(path + " cannot be read as a class file: " + e.getMessage(), e);
    }
  }

  /** A field, a method or a constructor in a class file. */
  static final class Entry {
    final boolean isField;
    final int flags;
    final String name;
    final String descriptor;

    private Entry(boolean isField, int flags, String name, String descriptor) {
      this.isField = isField;
      this.flags = flags;
      this.name = name;
      this.descriptor = descriptor;
    }
  }

  /** The members that a class declares, even if their types are absent. */
  static List<Entry> members(InputStream code) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(code));
    in.readInt(); // magic
    String[] texts = readTexts(in).texts;
    in.readFully(new byte[6]); // access flags, this class, its superclass
    in.readFully(new byte[2 * in.readUnsignedShort()]); // interfaces
    List<Entry> members = new ArrayList<>();
    readMembers(in, true, texts, members);
    readMembers(in, false, texts, members);
    return members;
  }

  private static void readMembers(
      DataInputStream in, boolean fields, String[] texts, List<Entry> members) throws IOException {
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      int flags = in.readUnsignedShort();
      String name = texts[in.readUnsignedShort()];
      members.add(new Entry(fields, flags, name, texts[in.readUnsignedShort()]));
      for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
        in.readUnsignedShort(); // its name
        in.readFully(new byte[in.readInt()]);
      }
    }
  }

  private static String readName(DataInputStream in) throws IOException {
    Pool pool = readTexts(in);
    in.readUnsignedShort(); // access flags
    return pool.texts[pool.classes[in.readUnsignedShort()]].replace('/', '.');
  }

  /** The part of the constant pool that is needed. */
  private static final class Pool {
    final String[] texts;
    final int[] classes;

    Pool(int count) {
      texts = new String[count];
      classes = new int[count];
    }
  }

  private static Pool readTexts(DataInputStream in) throws IOException {
    in.readInt(); // minor and major version
    int count = in.readUnsignedShort();
    Pool pool = new Pool(count);
    for (int i = 1; i < count; i += readConstant(in, i, pool.texts, pool.classes)) {}
    return pool;
  }

  /** Reads one constant, and returns how many pool entries it takes. */
  private static int readConstant(DataInputStream in, int index, String[] texts, int[] classes)
      throws IOException {
    int tag = in.readUnsignedByte();
    switch (tag) {
      case 1: // Utf8
        texts[index] = in.readUTF();
        return 1;
      case 7: // Class
        classes[index] = in.readUnsignedShort();
        return 1;
      case 5: // Long
      case 6: // Double
        in.readLong();
        return 2;
      case 8: // String
      case 16: // MethodType
      case 19: // Module
      case 20: // Package
        in.readUnsignedShort();
        return 1;
      case 15: // MethodHandle
        in.readUnsignedByte();
        in.readUnsignedShort();
        return 1;
      default: // Integer, Float, references, NameAndType, Dynamic, InvokeDynamic
        in.readInt();
        return 1;
    }
  }
}
