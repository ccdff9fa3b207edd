package io.vireo.wire.cbor;

import io.vireo.wire.cbor.CborException.Reason;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// Walks the CBOR data items of a byte array that is wholly present and comes from a peer.
///
/// ```java
/// in.startMap();
/// while (in.more()) {
///   switch (in.readSidDelta(SID)) {
///     case 1 -> name = in.readText();
///     default -> in.skipValue();
///   }
/// }
/// ```
///
/// Every method that reads an item fails with a [CborException] that says why and where, and leaves
/// the reader unusable.
public final class CborReader {
  /// Containers that may be open at once, in reading and in skipping alike.
  public static final int MAX_DEPTH = 64;

  /// What [#readSidDelta] gives for a key that no schema of ours can hold.
  public static final int NO_DELTA = Integer.MIN_VALUE;

  private static final long INDEFINITE = -1;
  private static final int MAX_DECIMAL_SCALE = 18;

  private final byte[] input;
  private final int start;
  private final int limit;
  private int at;

  /// Entries left in each open container.
  private final long[] left = new long[MAX_DEPTH];

  private int depth;

  public CborReader(byte[] input) {
    this(input, 0, input.length);
  }

  public CborReader(byte[] input, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, input.length);
    this.input = input;
    this.start = offset;
    this.limit = offset + length;
    this.at = offset;
  }

  /// The type of the next item; reads nothing.
  public CborType peek() {
    return at == limit ? CborType.END : CborType.ofInitialByte(input[at] & 0xff);
  }

  /// Offset of the next item from the start of the input.
  public int offset() {
    return at - start;
  }

  /// Opens a map.
  public void startMap() throws CborException {
    open(CborWriter.MAP, 2);
  }

  /// Opens an array.
  public void startArray() throws CborException {
    open(CborWriter.ARRAY, 1);
  }

  /// True when the innermost open container has another entry; else closes it.
  public boolean more() throws CborException {
    int top = depth - 1;
    if (left[top] == INDEFINITE) {
      if (at == limit) {
        throw fail(Reason.TRUNCATED, "no break at the end of an indefinite container");
      }
      if ((input[at] & 0xff) != CborWriter.BREAK) {
        return true;
      }
      at++;
    } else if (left[top] > 0) {
      left[top]--;
      return true;
    }
    depth = top;
    return false;
  }

  /// The key of a map entry as delta to `parentSid` (RFC 9254 §4.2.1), [#NO_DELTA] when it is
  /// beyond 32 bits or a name (§3.3). An absolute SID (tag 47) is turned into a delta.
  public int readSidDelta(long parentSid) throws CborException {
    if (peek() == CborType.TEXT) {
      readText();
      return NO_DELTA;
    }
    long base = 0;
    if (peek() == CborType.TAG) {
      requireTag(CborWriter.TAG_SID);
      base = parentSid;
    }
    long delta = readLong() - base;
    return delta == (int) delta ? (int) delta : NO_DELTA;
  }

  /// Opens a map of one entry whose key must be `sid`: an operation's or notification's message.
  public void startMessage(long sid) throws CborException {
    int itemAt = at;
    startMap();
    requireMore("member");
    long found = readUnsigned();
    if (found != sid) {
      throw failAt(
          Reason.WRONG_TYPE, itemAt, "SID " + Long.toUnsignedString(found) + ", need " + sid);
    }
  }

  /// Closes what [#startMessage] opened and requires that nothing follows.
  public void endMessage() throws CborException {
    if (more()) {
      throw fail(Reason.TRAILING, "a second member after the message");
    }
    requireEnd();
  }

  /// An integer of YANG's signed types and of the unsigned ones up to 32 bits.
  public long readLong() throws CborException {
    int itemAt = at;
    int initial = initial();
    int major = initial & ~CborWriter.INFO_MASK;
    if (major != CborWriter.UNSIGNED && major != CborWriter.NEGATIVE) {
      throw wrongType(itemAt, "integer");
    }
    long argument = argument(initial);
    if (argument < 0) {
      throw failAt(Reason.OUT_OF_RANGE, itemAt, "integer beyond 64 signed bits");
    }
    return major == CborWriter.UNSIGNED ? argument : ~argument;
  }

  /// An integer between `min` and `max`.
  public long readLong(long min, long max) throws CborException {
    int itemAt = at;
    long value = readLong();
    if (value < min || value > max) {
      throw failAt(Reason.OUT_OF_RANGE, itemAt, value + " is not in " + min + ".." + max);
    }
    return value;
  }

  /// An integer between `min` and `max`.
  public int readInt(int min, int max) throws CborException {
    return (int) readLong(min, max);
  }

  /// An unsigned 64-bit integer, to be treated with `Long.compareUnsigned` and its kin.
  public long readUnsigned() throws CborException {
    return argument(expect(CborWriter.UNSIGNED, "unsigned integer"));
  }

  public boolean readBoolean() throws CborException {
    int initial = initial();
    if (initial != CborWriter.FALSE && initial != CborWriter.TRUE) {
      throw wrongType(at - 1, "boolean");
    }
    return initial == CborWriter.TRUE;
  }

  public void readNull() throws CborException {
    if (initial() != CborWriter.NULL) {
      throw wrongType(at - 1, "null");
    }
  }

  public long readTag() throws CborException {
    return argument(expect(CborWriter.TAG, "tag"));
  }

  /// True when the next item is tagged `tag`; reads nothing.
  public boolean hasTag(long tag) throws CborException {
    if (peek() != CborType.TAG) {
      return false;
    }
    int itemAt = at;
    boolean same = readTag() == tag;
    at = itemAt;
    return same;
  }

  /// Reads a tag that must be `tag`.
  public void requireTag(long tag) throws CborException {
    int itemAt = at;
    long found = readTag();
    if (found != tag) {
      throw failAt(
          Reason.WRONG_TYPE, itemAt, "tag " + Long.toUnsignedString(found) + ", need " + tag);
    }
  }

  public String readText() throws CborException {
    int itemAt = at;
    int initial = expect(CborWriter.TEXT, "text string");
    if ((initial & CborWriter.INFO_MASK) == CborWriter.INFO_INDEFINITE) {
      // RFC 8949 §3.2.3: each chunk is valid UTF-8 of its own.
      StringBuilder whole = new StringBuilder();
      while (chunkFollows()) {
        int chunk = expect(CborWriter.TEXT, "text chunk");
        whole.append(text(length(chunk), at));
      }
      return whole.toString();
    }
    return text(length(initial), itemAt);
  }

  public byte[] readBytes() throws CborException {
    int initial = expect(CborWriter.BYTES, "byte string");
    if ((initial & CborWriter.INFO_MASK) == CborWriter.INFO_INDEFINITE) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      while (chunkFollows()) {
        int length = length(expect(CborWriter.BYTES, "byte chunk"));
        whole.write(input, at, length);
        at += length;
      }
      return whole.toByteArray();
    }
    int length = length(initial);
    at += length;
    return Arrays.copyOfRange(input, at - length, at);
  }

  /// RFC 9254 §6.3: tag 4 with an exponent of -18 to 0 and a mantissa of 64 bits.
  public BigDecimal readDecimal64() throws CborException {
    requireTag(CborWriter.TAG_DECIMAL);
    startArray();
    requireMore("exponent");
    int scale = -readInt(-MAX_DECIMAL_SCALE, 0);
    requireMore("mantissa");
    long mantissa = readLong();
    requireEnd("decimal fraction");
    return BigDecimal.valueOf(mantissa, scale);
  }

  /// RFC 9254 §6.7: bits 0 to 63 of a `bits` value, as one byte string or as an array of byte
  /// strings and of counts of zero bytes left out before the next.
  public long readBits() throws CborException {
    if (peek() != CborType.ARRAY) {
      return bits(0);
    }
    long bits = 0;
    int position = 0;
    startArray();
    while (more()) {
      if (peek() == CborType.UNSIGNED) {
        position += readInt(0, Long.BYTES - position);
      } else {
        bits |= bits(position);
        position = Math.max(position, (Long.SIZE - Long.numberOfLeadingZeros(bits) + 7) / 8);
      }
    }
    return bits;
  }

  /// The next item as it stands.
  public RawCbor readRaw() throws CborException {
    int itemAt = at;
    skipValue();
    return RawCbor.wrap(Arrays.copyOfRange(input, itemAt, at));
  }

  /// Passes over the next item, whatever it is, checking that it is well-formed.
  public void skipValue() throws CborException {
    int initial = initial();
    while ((initial & ~CborWriter.INFO_MASK) == CborWriter.TAG) {
      argument(initial);
      initial = initial();
    }
    at--;
    switch (CborType.ofInitialByte(initial)) {
      case UNSIGNED, NEGATIVE -> argument(initial());
      case BYTES -> skipBytes();
      case TEXT -> readText();
      case ARRAY -> {
        startArray();
        while (more()) {
          skipValue();
        }
      }
      case MAP -> {
        startMap();
        while (more()) {
          skipValue();
          skipValue();
        }
      }
      case BOOLEAN, NULL -> at++;
      case SIMPLE -> skipSimple();
      case BREAK -> throw fail(Reason.MALFORMED, "break outside an indefinite container");
      case TAG, END -> throw new AssertionError("consumed above");
    }
  }

  /// Fails when anything is left.
  public void requireEnd() throws CborException {
    if (at != limit) {
      throw fail(Reason.TRAILING, limit - at + " bytes after the last item");
    }
  }

  /// A failure of the schema's making (a key that is missing, a value out of range) at this place.
  public CborException fail(Reason reason, String detail) {
    return failAt(reason, at, detail);
  }

  private void requireMore(String what) throws CborException {
    if (!more()) {
      throw fail(Reason.MALFORMED, "no " + what);
    }
  }

  private void requireEnd(String what) throws CborException {
    if (more()) {
      throw fail(Reason.MALFORMED, what + " of more than two elements");
    }
  }

  private void open(int major, int itemsPerEntry) throws CborException {
    int itemAt = at;
    int initial = expect(major, major == CborWriter.MAP ? "map" : "array");
    if (depth == MAX_DEPTH) {
      throw failAt(Reason.TOO_DEEP, itemAt, "more than " + MAX_DEPTH + " open containers");
    }
    if ((initial & CborWriter.INFO_MASK) == CborWriter.INFO_INDEFINITE) {
      left[depth++] = INDEFINITE;
      return;
    }
    long entries = argument(initial);
    // An item takes at least one byte: a count beyond that is a lie.
    if (Long.compareUnsigned(entries, (limit - at) / itemsPerEntry) > 0) {
      throw failAt(
          Reason.TRUNCATED,
          itemAt,
          Long.toUnsignedString(entries) + " entries announced, " + (limit - at) + " bytes left");
    }
    left[depth++] = entries;
  }

  private boolean chunkFollows() throws CborException {
    if (at == limit) {
      throw fail(Reason.TRUNCATED, "no break at the end of an indefinite string");
    }
    if ((input[at] & 0xff) == CborWriter.BREAK) {
      at++;
      return false;
    }
    if ((input[at] & CborWriter.INFO_MASK) == CborWriter.INFO_INDEFINITE) {
      throw fail(Reason.MALFORMED, "a chunk must have a definite length");
    }
    return true;
  }

  private void skipBytes() throws CborException {
    int initial = initial();
    if ((initial & CborWriter.INFO_MASK) != CborWriter.INFO_INDEFINITE) {
      passOver(length(initial));
      return;
    }
    while (chunkFollows()) {
      passOver(length(expect(CborWriter.BYTES, "byte chunk")));
    }
  }

  private void passOver(int length) {
    at += length;
  }

  private void skipSimple() throws CborException {
    int initial = initial();
    int info = initial & CborWriter.INFO_MASK;
    long value = argument(initial);
    // RFC 8949 §3.3: two-byte simple values below 32 are not well-formed.
    if (info == CborWriter.INFO_1_BYTE && value < 32) {
      throw fail(Reason.MALFORMED, "simple value " + value + " in two bytes");
    }
  }

  private long bits(int skippedBytes) throws CborException {
    int itemAt = at;
    byte[] octets = readBytes();
    if (octets.length + skippedBytes > Long.BYTES) {
      throw failAt(Reason.OUT_OF_RANGE, itemAt, "bits beyond position 63");
    }
    long bits = 0;
    for (int i = 0; i < octets.length; i++) {
      bits |= (octets[i] & 0xffL) << 8 * (i + skippedBytes);
    }
    return bits;
  }

  private String text(int length, int itemAt) throws CborException {
    int from = at;
    at += length;
    int seen = 0;
    for (int i = from; i < at; i++) {
      seen |= input[i];
    }
    if (seen >= 0) {
      return new String(input, from, length, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(input, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      CborException failure = failAt(Reason.BAD_TEXT, itemAt, "text string is not UTF-8");
      failure.initCause(e);
      throw failure;
    }
  }

  private int length(int initial) throws CborException {
    long length = argument(initial);
    if (Long.compareUnsigned(length, limit - at) > 0) {
      throw fail(
          Reason.TRUNCATED,
          "string of " + Long.toUnsignedString(length) + " bytes, " + (limit - at) + " left");
    }
    return (int) length;
  }

  private int expect(int major, String what) throws CborException {
    int initial = initial();
    if ((initial & ~CborWriter.INFO_MASK) != major) {
      throw wrongType(at - 1, what);
    }
    return initial;
  }

  private int initial() throws CborException {
    if (at == limit) {
      throw fail(Reason.TRUNCATED, "the input ends where an item should start");
    }
    return input[at++] & 0xff;
  }

  private long argument(int initial) throws CborException {
    int info = initial & CborWriter.INFO_MASK;
    if (info < CborWriter.INFO_1_BYTE) {
      return info;
    }
    if (info > CborWriter.INFO_8_BYTES) {
      throw failAt(Reason.MALFORMED, at - 1, "additional information " + info);
    }
    int width = 1 << info - CborWriter.INFO_1_BYTE;
    if (width > limit - at) {
      throw fail(Reason.TRUNCATED, "the input ends inside the head of an item");
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | input[at++] & 0xff;
    }
    return value;
  }

  private CborException wrongType(int itemAt, String need) {
    int initial = input[itemAt] & 0xff;
    return failAt(Reason.WRONG_TYPE, itemAt, CborType.ofInitialByte(initial) + ", need " + need);
  }

  private CborException failAt(Reason reason, int position, String detail) {
    return new CborException(reason, position - start, detail);
  }
}
