package io.vireo.wire.rsock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vireo.wire.frame.FrameException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagramHeaderTest {

  @Test
  void ipv4_isFourOctetsThenZeros() {
    InetSocketAddress peer = new InetSocketAddress(InetAddress.ofLiteral("10.0.2.2"), 0x1234);

    byte[] payload = DatagramHeader.payload(peer, ByteBuffer.wrap(new byte[] {9, 8}));

    assertEquals(
        "04003412" + "0a000202" + "000000000000000000000000" + "0908",
        HexFormat.of().formatHex(payload));
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.1, 65535", "2001:db8::7, 53", "255.255.255.255, 0"})
  void anyPeer_roundTrips(String address, int port) throws FrameException {
    InetSocketAddress peer = new InetSocketAddress(InetAddress.ofLiteral(address), port);

    assertEquals(peer, DatagramHeader.parse(DatagramHeader.payload(peer, ByteBuffer.allocate(3))));
  }

  @ParameterizedTest
  @CsvSource({
    "05000700000000000000000000000000000000000, an unknown family",
    "0401070000000000000000000000000000000000, a reserved octet",
    "0400070001020304000000000000000000000001, octets after an IPv4 address",
    "040007, a short header",
  })
  void broken_isRefused(String hex, String why) {
    byte[] payload = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex.substring(1));

    FrameException refused =
        assertThrows(FrameException.class, () -> DatagramHeader.parse(payload), why);

    assertEquals(FrameException.Reason.MALFORMED_PAYLOAD, refused.reason());
  }

  @Test
  void randomBytes_areParsedOrRefused() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] payload = new byte[random.nextInt(40)];
      random.nextBytes(payload);
      if (payload.length > 1) {
        payload[0] = (byte) (4 + 2 * random.nextInt(2));
        payload[1] = 0;
      }
      byte[] before = payload.clone();
      try {
        DatagramHeader.parse(payload);
      } catch (FrameException refused) {
        assertEquals(FrameException.Reason.MALFORMED_PAYLOAD, refused.reason());
      }
      assertArrayEquals(before, payload);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, -1", "16777216, 1", "0, 16777217"})
  void window_beyondBounds_isRefused(int left, int credit) {
    byte[] payload = RsockLimits.window(credit).array();

    assertThrows(FrameException.class, () -> RsockLimits.addWindow(left, payload));
  }
}
