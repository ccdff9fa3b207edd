package io.vireo.wire.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.wire.cbor.CborException.Reason;
import java.math.BigDecimal;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CborReaderTest {

  @Test
  void map_withKnownAndUnknownDeltas_skipsTheUnknown() throws CborException {
    CborReader in = reader("a3 01 63616263 02 83 01 a10203 f6 d82f 19ea61 07");
    in.startMap();
    assertTrue(in.more());
    assertEquals(1, in.readSidDelta(60000));
    assertEquals("abc", in.readText());
    assertTrue(in.more());
    assertEquals(2, in.readSidDelta(60000));
    in.skipValue();
    assertTrue(in.more());
    // Tag 47: the absolute SID 60001.
    assertEquals(1, in.readSidDelta(60000));
    assertEquals(7, in.readInt(0, 10));
    assertFalse(in.more());
    in.requireEnd();
  }

  @Test
  void sidDelta_beyond32Bits_isNoDelta() throws CborException {
    assertEquals(CborReader.NO_DELTA, reader("1b0000000100000001").readSidDelta(0));
  }

  @Test
  void strings_inChunks_areJoined() throws CborException {
    assertEquals("streaming", reader("7f657374726561646d696e67ff").readText());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, reader("5f42010243030405ff").readBytes());
    reader("5f42010243030405ff").skipValue();
  }

  @Test
  void bits_inBothForms_areTheSame() throws CborException {
    assertEquals(0b101, reader("4105").readBits());
    // RFC 9254 §6.7: array of byte strings and of numbers of zero bytes between them.
    assertEquals(1L << 40 | 1, reader("83 4101 04 4101").readBits());
    assertEquals(Reason.OUT_OF_RANGE, failure("82 4101 4801020304 05060708", 'b'));
    assertEquals(Reason.OUT_OF_RANGE, failure("81 09", 'b'));
  }

  @Test
  void decimal64_outsideItsScale_isOutOfRange() throws CborException {
    assertEquals(new BigDecimal("2.57"), reader("c48221190101").readDecimal64());
    assertEquals(Reason.OUT_OF_RANGE, failure("c4823201", 'd'));
    assertEquals(Reason.OUT_OF_RANGE, failure("c4820101", 'd'));
    assertEquals(Reason.MALFORMED, failure("c48121", 'd'));
    assertEquals(Reason.WRONG_TYPE, failure("c5822101", 'd'));
  }

  @Test
  void integers_outOfRange_areRefused() throws CborException {
    assertEquals(-1, reader("1bffffffffffffffff").readUnsigned());
    assertEquals(Long.MIN_VALUE, reader("3b7fffffffffffffff").readLong());
    assertEquals(Reason.OUT_OF_RANGE, failure("1bffffffffffffffff", 'l'));
    assertEquals(Reason.OUT_OF_RANGE, failure("3bffffffffffffffff", 'l'));
    CborException e = assertThrows(CborException.class, () -> reader("190100").readInt(0, 255));
    assertEquals("OUT_OF_RANGE at byte 0: 256 is not in 0..255", e.getMessage());
  }

  @Test
  void lengths_beyondTheInput_areRefusedBeforeAllocation() {
    assertEquals(Reason.TRUNCATED, failure("9b7fffffffffffffff", 's'));
    assertEquals(Reason.TRUNCATED, failure("bbffffffffffffffff", 's'));
    assertEquals(Reason.TRUNCATED, failure("5affffffff", 's'));
    assertEquals(Reason.TRUNCATED, failure("7b7fffffffffffffff00", 's'));
    assertEquals(Reason.TRUNCATED, failure("a2 01 02 03", 's'));
    assertEquals(Reason.TRUNCATED, failure("", 's'));
    assertEquals(Reason.TRUNCATED, failure("9f", 's'));
    assertEquals(Reason.TRUNCATED, failure("c1", 's'));
  }

  @Test
  void nesting_beyond64_isTooDeep() throws CborException {
    reader("81".repeat(64) + "00").skipValue();
    assertEquals(Reason.TOO_DEEP, failure("81".repeat(65) + "00", 's'));
    assertEquals(Reason.TOO_DEEP, failure("9f".repeat(100_000), 's'));
    reader("c1".repeat(100_000) + "00").skipValue();
  }

  @Test
  void malformed_isNamedSo() {
    assertEquals(Reason.MALFORMED, failure("ff", 's'));
    assertEquals(Reason.MALFORMED, failure("1c", 's'));
    assertEquals(Reason.MALFORMED, failure("f81f", 's'));
    assertEquals(Reason.MALFORMED, failure("bf01ff", 's'));
    assertEquals(Reason.MALFORMED, failure("1f", 's'));
    assertEquals(Reason.MALFORMED, failure("df00", 's'));
    assertEquals(Reason.MALFORMED, failure("5f5f4100ffff", 's'));
    assertEquals(Reason.WRONG_TYPE, failure("5f6100ff", 's'));
    assertEquals(Reason.BAD_TEXT, failure("61ff", 's'));
  }

  @Test
  void peekAndHasTag_readNothing() throws CborException {
    CborReader in = reader("d82c6161");
    assertEquals(CborType.TAG, in.peek());
    assertTrue(in.hasTag(CborWriter.TAG_ENUMERATION));
    assertFalse(in.hasTag(CborWriter.TAG_BITS));
    assertEquals(0, in.offset());
  }

  private static Reason failure(String hex, char what) {
    return assertThrows(
            CborException.class,
            () -> {
              CborReader in = reader(hex);
              switch (what) {
                case 'b' -> in.readBits();
                case 'd' -> in.readDecimal64();
                case 'l' -> in.readLong();
                default -> in.skipValue();
              }
            })
        .reason();
  }

  private static CborReader reader(String hex) {
    return new CborReader(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
