package metaffi;

/** The declared types of parameters and results. */
public enum MetaFFITypes implements MetaFFIDeclared {
  /** A {@code double}. */
  MetaFFIFloat64(1 << 0),

  /** A {@code float}. */
  MetaFFIFloat32(1 << 1),

  /** A {@code byte}. */
  MetaFFIInt8(1 << 2),

  /** A {@code short}. */
  MetaFFIInt16(1 << 3),

  /** An {@code int}. */
  MetaFFIInt32(1 << 4),

  /** A {@code long}. */
  MetaFFIInt64(1 << 5),

  /** An unsigned integer, passed as a {@code byte} bit for bit. */
  MetaFFIUInt8(1 << 6),

  /** An unsigned integer, passed as a {@code short} bit for bit. */
  MetaFFIUInt16(1 << 7),

  /** An unsigned integer, passed as an {@code int} bit for bit. */
  MetaFFIUInt32(1 << 8),

  /** An unsigned integer, passed as a {@code long} bit for bit. */
  MetaFFIUInt64(1 << 9),

  /** A {@code boolean}. */
  MetaFFIBool(1 << 10),

  /** A size, passed as a {@code long} bit for bit. */
  MetaFFISize(1 << 17),

  /** An 8-bit character. */
  MetaFFIChar8(1 << 11),

  /** A {@code char}. */
  MetaFFIChar16(1 << 21),

  /** A code point, an {@code int}. */
  MetaFFIChar32(1 << 22),

  /** A {@code String}, passed as UTF-8. */
  MetaFFIString8(1 << 12),

  /** A {@code String}, passed as UTF-16. */
  MetaFFIString16(1 << 13),

  /** A {@code String}, passed as UTF-32. */
  MetaFFIString32(1 << 14),

  /**
   * An object of any language; a Java object comes back as itself, others are {@link
   * MetaFFIHandle}s.
   */
  MetaFFIHandle(1 << 15),

  /** Any value. */
  MetaFFIAny(1 << 18),

  /** A function, in Java a {@link Caller}. */
  MetaFFICallable(1 << 20),

  /** Nothing. */
  MetaFFINull(1 << 19),

  /** An array whose elements are mixed or unknown. */
  MetaFFIArray(1 << 16),

  /** An array of {@code float64}. */
  MetaFFIFloat64Array(1 << 16 | 1 << 0),

  /** An array of {@code float32}. */
  MetaFFIFloat32Array(1 << 16 | 1 << 1),

  /** An array of {@code int8}. */
  MetaFFIInt8Array(1 << 16 | 1 << 2),

  /** An array of {@code int16}. */
  MetaFFIInt16Array(1 << 16 | 1 << 3),

  /** An array of {@code int32}. */
  MetaFFIInt32Array(1 << 16 | 1 << 4),

  /** An array of {@code int64}. */
  MetaFFIInt64Array(1 << 16 | 1 << 5),

  /** An array of {@code uint8}. */
  MetaFFIUInt8Array(1 << 16 | 1 << 6),

  /** An array of {@code uint16}. */
  MetaFFIUInt16Array(1 << 16 | 1 << 7),

  /** An array of {@code uint32}. */
  MetaFFIUInt32Array(1 << 16 | 1 << 8),

  /** An array of {@code uint64}. */
  MetaFFIUInt64Array(1 << 16 | 1 << 9),

  /** An array of {@code bool}. */
  MetaFFIBoolArray(1 << 16 | 1 << 10),

  /** An array of {@code size}. */
  MetaFFISizeArray(1 << 16 | 1 << 17),

  /** An array of {@code char8}. */
  MetaFFIChar8Array(1 << 16 | 1 << 11),

  /** An array of {@code char16}. */
  MetaFFIChar16Array(1 << 16 | 1 << 21),

  /** An array of {@code char32}. */
  MetaFFIChar32Array(1 << 16 | 1 << 22),

  /** An array of {@code string8}. */
  MetaFFIString8Array(1 << 16 | 1 << 12),

  /** An array of {@code string16}. */
  MetaFFIString16Array(1 << 16 | 1 << 13),

  /** An array of {@code string32}. */
  MetaFFIString32Array(1 << 16 | 1 << 14),

  /** An array of {@code handle}. */
  MetaFFIHandleArray(1 << 16 | 1 << 15),

  /** An array of {@code any}. */
  MetaFFIAnyArray(1 << 16 | 1 << 18),

  /** An array of {@code callable}. */
  MetaFFICallableArray(1 << 16 | 1 << 20),

  /** An array of {@code float64} in one buffer. */
  MetaFFIFloat64PackedArray(1 << 24 | 1 << 16 | 1 << 0),

  /** An array of {@code float32} in one buffer. */
  MetaFFIFloat32PackedArray(1 << 24 | 1 << 16 | 1 << 1),

  /** An array of {@code int8} in one buffer. */
  MetaFFIInt8PackedArray(1 << 24 | 1 << 16 | 1 << 2),

  /** An array of {@code int16} in one buffer. */
  MetaFFIInt16PackedArray(1 << 24 | 1 << 16 | 1 << 3),

  /** An array of {@code int32} in one buffer. */
  MetaFFIInt32PackedArray(1 << 24 | 1 << 16 | 1 << 4),

  /** An array of {@code int64} in one buffer. */
  MetaFFIInt64PackedArray(1 << 24 | 1 << 16 | 1 << 5),

  /** An array of {@code uint8} in one buffer. */
  MetaFFIUInt8PackedArray(1 << 24 | 1 << 16 | 1 << 6),

  /** An array of {@code uint16} in one buffer. */
  MetaFFIUInt16PackedArray(1 << 24 | 1 << 16 | 1 << 7),

  /** An array of {@code uint32} in one buffer. */
  MetaFFIUInt32PackedArray(1 << 24 | 1 << 16 | 1 << 8),

  /** An array of {@code uint64} in one buffer. */
  MetaFFIUInt64PackedArray(1 << 24 | 1 << 16 | 1 << 9),

  /** An array of {@code bool} in one buffer. */
  MetaFFIBoolPackedArray(1 << 24 | 1 << 16 | 1 << 10),

  /** An array of {@code size} in one buffer. */
  MetaFFISizePackedArray(1 << 24 | 1 << 16 | 1 << 17),

  /** An array of {@code string8} in one buffer. */
  MetaFFIString8PackedArray(1 << 24 | 1 << 16 | 1 << 12),

  /** An array of {@code handle} in one buffer. */
  MetaFFIHandlePackedArray(1 << 24 | 1 << 16 | 1 << 15),

  /** An array of {@code callable} in one buffer. */
  MetaFFICallablePackedArray(1 << 24 | 1 << 16 | 1 << 20);

  private final int bits;

  MetaFFITypes(int bits) {
    this.bits = bits;
  }

  /**
   * Returns this type without an alias, with one dimension if it is an array type.
   *
   * @return a new object
   */
  @Override
  public MetaFFITypeInfo info() {
    return new MetaFFITypeInfo(this);
  }

  /**
   * Returns the bits of the type, as defined in {@code metaffi.h}.
   *
   * @return a different number for each type
   */
  public int bits() {
    return bits;
  }
}
