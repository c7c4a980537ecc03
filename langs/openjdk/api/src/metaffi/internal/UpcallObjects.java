package metaffi.internal;

/**
 * Objects by their numbers: by these stubs find them, which know no references of JNI. The plugin
 * gives the numbers, and writes here.
 */
final class UpcallObjects {
  private static final int CHUNKS = 4096;
  private static final int CHUNK_BITS = 10;

  private static final Object[][] OBJECTS = new Object[CHUNKS][];

  private UpcallObjects() {}

  static Object at(int number) {
    return OBJECTS[number >>> CHUNK_BITS][number & (1 << CHUNK_BITS) - 1];
  }

  /** The chunks, which are made when they are needed. */
  static Object chunks() {
    return OBJECTS;
  }
}
