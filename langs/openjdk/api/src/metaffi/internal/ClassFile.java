package metaffi.internal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the name of the class that a class file holds (JVMS 4.1, 4.4). */
final class ClassFile {
  private static final int MAGIC = 0xCAFEBABE;

  private ClassFile() {}

  /** The binary name of the class in the file. */
  static String nameOf(Path path) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("its first bytes are not those of a class file");
      }
      return readName(in);
    } catch (IOException e) {
      throw new IOException(path + " is no class file that can be read: " + e.getMessage(), e);
    }
  }

  private static String readName(DataInputStream in) throws IOException {
    in.readInt(); // minor and major version
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    int[] classes = new int[count];
    for (int i = 1; i < count; i += readConstant(in, i, texts, classes)) {}
    in.readUnsignedShort(); // access flags
    return texts[classes[in.readUnsignedShort()]].replace('/', '.');
  }

  /** Reads one constant, and returns how many places of the pool it takes. */
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
