package io.vireo.wire.cbor;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Appends CBOR data items to a growing buffer, in preferred serialization (RFC 8949 §4.1).
///
/// The writer trusts its caller for structure: a definite container must get as many entries as it
/// announced, an indefinite one its [#end()].
public final class CborWriter {
  static final int MAJOR_SHIFT = 5;
  static final int INFO_MASK = 0x1f;
  static final int UNSIGNED = 0 << MAJOR_SHIFT;
  static final int NEGATIVE = 1 << MAJOR_SHIFT;
  static final int BYTES = 2 << MAJOR_SHIFT;
  static final int TEXT = 3 << MAJOR_SHIFT;
  static final int ARRAY = 4 << MAJOR_SHIFT;
  static final int MAP = 5 << MAJOR_SHIFT;
  static final int TAG = 6 << MAJOR_SHIFT;
  static final int INFO_1_BYTE = 24;
  static final int INFO_2_BYTES = 25;
  static final int INFO_4_BYTES = 26;
  static final int INFO_8_BYTES = 27;
  static final int INFO_INDEFINITE = 31;
  static final int FALSE = 0xf4;
  static final int TRUE = 0xf5;
  static final int NULL = 0xf6;
  static final int BREAK = 0xff;

  /// RFC 8949 §3.4.4: decimal fraction.
  public static final int TAG_DECIMAL = 4;

  /// RFC 9254 §6.7: bits inside a union.
  public static final int TAG_BITS = 43;

  /// RFC 9254 §6.6: enumeration inside a union.
  public static final int TAG_ENUMERATION = 44;

  /// RFC 9254 §6.10: identityref inside a union.
  public static final int TAG_IDENTITYREF = 45;

  /// RFC 9254 §6.13: instance-identifier inside a union.
  public static final int TAG_INSTANCE_ID = 46;

  /// RFC 9254 §4.2.1: an absolute SID as a map key.
  public static final int TAG_SID = 47;

  private static final int INITIAL_CAPACITY = 256;

  private byte[] buffer;
  private int size;

  public CborWriter() {
    this(INITIAL_CAPACITY);
  }

  public CborWriter(int initialCapacity) {
    buffer = new byte[Math.max(16, initialCapacity)];
  }

  /// A map of exactly `entries` keys and values.
  public void startMap(int entries) {
    head(MAP, entries);
  }

  /// A map of any number of entries, closed by [#end()].
  public void startMap() {
    put(MAP | INFO_INDEFINITE);
  }

  public void startArray(int elements) {
    head(ARRAY, elements);
  }

  /// An array of any number of elements, closed by [#end()].
  public void startArray() {
    put(ARRAY | INFO_INDEFINITE);
  }

  /// Closes an indefinite map or array.
  public void end() {
    put(BREAK);
  }

  /// Writes `value` as a signed 64-bit integer.
  public void writeLong(long value) {
    if (value >= 0) {
      head(UNSIGNED, value);
    } else {
      head(NEGATIVE, ~value);
    }
  }

  /// Writes `value` as an unsigned 64-bit integer.
  public void writeUnsigned(long value) {
    head(UNSIGNED, value);
  }

  public void writeBoolean(boolean value) {
    put(value ? TRUE : FALSE);
  }

  public void writeNull() {
    put(NULL);
  }

  public void writeTag(long tag) {
    head(TAG, tag);
  }

  public void writeText(String value) {
    int length = value.length();
    reserve(length + 9);
    int start = size;
    head(TEXT, length);
    int at = size;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        size = start;
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        head(TEXT, utf8.length);
        append(utf8, 0, utf8.length);
        return;
      }
      buffer[at++] = (byte) c;
    }
    size = at;
  }

  public void writeBytes(byte[] value) {
    writeBytes(value, 0, value.length);
  }

  public void writeBytes(byte[] value, int offset, int length) {
    head(BYTES, length);
    append(value, offset, length);
  }

  /// RFC 9254 §6.3: tag 4, then exponent and mantissa. The scale of `value` must be 0 to 18.
  public void writeDecimal64(BigDecimal value) {
    writeTag(TAG_DECIMAL);
    startArray(2);
    writeLong(-value.scale());
    BigInteger mantissa = value.unscaledValue();
    writeLong(mantissa.longValueExact());
  }

  /// RFC 9254 §6.7: bit position `i` of `bits` is bit `i % 8` of byte `i / 8`, no zero bytes last.
  public void writeBits(long bits) {
    int length = (Long.SIZE - Long.numberOfLeadingZeros(bits) + 7) / 8;
    head(BYTES, length);
    reserve(length);
    for (int i = 0; i < length; i++) {
      buffer[size++] = (byte) (bits >>> 8 * i);
    }
  }

  /// Appends an item that is encoded already.
  public void writeRaw(RawCbor item) {
    byte[] encoded = item.encoded().toByteArray();
    append(encoded, 0, encoded.length);
  }

  public int size() {
    return size;
  }

  /// Forgets what was written; the buffer is kept.
  public void clear() {
    size = 0;
  }

  /// Forgets what was written after `size()` was `mark`: for an entry that no longer fits a page.
  public void truncate(int mark) {
    if (mark < 0 || mark > size) {
      throw new IllegalArgumentException("mark " + mark + " outside 0.." + size);
    }
    size = mark;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /// A view of what was written, valid until the next write.
  public ByteBuffer toByteBuffer() {
    return ByteBuffer.wrap(buffer, 0, size).asReadOnlyBuffer();
  }

  private void head(int major, long argument) {
    reserve(9);
    if (argument >= 0 && argument < INFO_1_BYTE) {
      put(major | (int) argument);
    } else if (argument >>> 8 == 0) {
      put(major | INFO_1_BYTE);
      argument(argument, 1);
    } else if (argument >>> 16 == 0) {
      put(major | INFO_2_BYTES);
      argument(argument, 2);
    } else if (argument >>> 32 == 0) {
      put(major | INFO_4_BYTES);
      argument(argument, 4);
    } else {
      put(major | INFO_8_BYTES);
      argument(argument, 8);
    }
  }

  private void argument(long value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  private void put(int octet) {
    reserve(1);
    buffer[size++] = (byte) octet;
  }

  private void append(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, buffer, size, length);
    size += length;
  }

  private void reserve(int more) {
    if (more > buffer.length - size) {
      int needed = Math.addExact(size, more);
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * buffer.length);
      buffer = Arrays.copyOf(buffer, Math.max(needed, doubled));
    }
  }
}
