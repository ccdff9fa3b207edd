package io.vireo.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PeerTest {
  private static String address(String text) throws Exception {
    return Peer.address(new InetSocketAddress(InetAddress.getByName(text), 22));
  }

  @Test
  void ipv6_sameSlash64_isOnePeer() throws Exception {
    assertEquals(address("2001:db8:1:2::1"), address("2001:db8:1:2:ffff::9"));
    assertNotEquals(address("2001:db8:1:2::1"), address("2001:db8:1:3::1"));
  }

  @Test
  void ipv4_countsByAddress() throws Exception {
    assertEquals("192.0.2.1", address("192.0.2.1"));
  }
}
