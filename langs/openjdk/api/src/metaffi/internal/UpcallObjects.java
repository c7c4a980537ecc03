package metaffi.internal;

/**
 * Java objects by number, through which upcall stubs find them, since stubs cannot use JNI
 * references. The plugin assigns the numbers, and writes this table.
 */
final class UpcallObjects {
  private static final int CHUNKS = 4096;
  private static final int CHUNK_BITS = 10;

  private static final Object[][] OBJECTS = new Object[CHUNKS][];

  private UpcallObjects() {}

  static Object at(int number) {
    return OBJECTS[number >>> CHUNK_BITS][number & (1 << CHUNK_BITS) - 1];
  }

  /** The chunks, which are allocated when needed. */
  static Object chunks() {
    return OBJECTS;
  }
}
