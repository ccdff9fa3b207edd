package io.vireo.vr.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6AddressTest {
  /// The examples of RFC 5952 §4 and of RFC 4291 §2.2.
  @ParameterizedTest
  @CsvSource({
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8:AAAA::1, 2001:db8:aaaa::1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "ff01:0:0:0:0:0:0:101, ff01::101",
    "1:0:0:0:0:0:0:0, 1::",
    "::ffff:192.0.2.1, ::ffff:c000:201",
    "::192.0.2.1, ::c000:201",
  })
  void text_parseAndFormat_isCanonical(String text, String canonical) {
    IpAddress address = Ipv6Address.of(text);
    assertEquals(canonical, Ipv6Address.format(address.high(), address.low()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "192.0.2.1", "1::2::3", "fe80::1%eth0", "[::1]", "12345::", "host"})
  void otherText_parse_isRefused(String text) {
    assertTrue(Ipv6Address.parse(text).isEmpty());
  }
}
