package io.vireo.wire.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The examples of RFC 8949 appendix A and RFC 9254 §6.
class CborWriterTest {

  @Test
  void integer_ofEachWidth_isInPreferredSerialization() {
    assertEquals("17", hex(out -> out.writeLong(23)));
    assertEquals("1818", hex(out -> out.writeLong(24)));
    assertEquals("1903e8", hex(out -> out.writeLong(1000)));
    assertEquals("1a000f4240", hex(out -> out.writeLong(1000000)));
    assertEquals("1b000000e8d4a51000", hex(out -> out.writeLong(1000000000000L)));
    assertEquals("1bffffffffffffffff", hex(out -> out.writeUnsigned(-1)));
    assertEquals("3903e7", hex(out -> out.writeLong(-1000)));
    assertEquals("3b7fffffffffffffff", hex(out -> out.writeLong(Long.MIN_VALUE)));
  }

  @Test
  void text_beyondAscii_countsOctets() {
    assertEquals("6449455446", hex(out -> out.writeText("IETF")));
    assertEquals("62c3bc", hex(out -> out.writeText("\u00fc")));
    assertEquals("64f0908591", hex(out -> out.writeText("\ud800\udd51")));
  }

  @Test
  void decimal64_257_isTag4() {
    // RFC 9254 §6.3.
    assertEquals("c48221190101", hex(out -> out.writeDecimal64(new BigDecimal("2.57"))));
  }

  @Test
  void bits_disableNagleAndTenMbOnly_is05() {
    // RFC 9254 §6.7.
    assertEquals("4105", hex(out -> out.writeBits(0b101)));
    assertEquals("40", hex(out -> out.writeBits(0)));
    assertEquals("420001", hex(out -> out.writeBits(1 << 8)));
  }

  @Test
  void containers_indefinite_endWithBreak() {
    assertEquals(
        "bf01f69f02ffff",
        hex(out -> {
          out.startMap();
          out.writeLong(1);
          out.writeNull();
          out.startArray();
          out.writeLong(2);
          out.end();
          out.end();
        }));
  }

  @Test
  void truncate_toMark_forgetsTheRest() {
    CborWriter out = new CborWriter();
    out.writeLong(1);
    int mark = out.size();
    out.writeText("x".repeat(1000));
    out.truncate(mark);
    out.writeLong(2);
    assertEquals("0102", HexFormat.of().formatHex(out.toByteArray()));
  }

  private static String hex(Consumer<CborWriter> items) {
    CborWriter out = new CborWriter(0);
    items.accept(out);
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
