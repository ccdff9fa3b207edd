package io.vireo.manager.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LinkStateTest {
  @Test
  void vethPair_isUnderstood() {
    LinkState link =
        LinkState.parse(
            "6: eth1@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode"
                + " DEFAULT group default qlen 1000\\    link/ether 1a:c4:9f:8e:43:ec brd"
                + " ff:ff:ff:ff:ff:ff link-netns h1");
    assertNotNull(link);
    assertEquals("eth1", link.name());
    assertEquals(6, link.index());
    assertEquals(1500, link.mtuBytes());
    assertEquals("1a:c4:9f:8e:43:ec", link.macAddress());
    assertEquals("ether", link.kind());
    assertTrue(link.up());
  }

  @Test
  void carrierLost_isDown() {
    LinkState link =
        LinkState.parse(
            "6: eth1: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 state DOWN \\    link/ether"
                + " 1a:c4:9f:8e:43:ec brd ff:ff:ff:ff:ff:ff");
    assertNotNull(link);
    assertFalse(link.up());
    assertFalse(link.deleted());
  }

  @Test
  void deleted_isToldSo() {
    LinkState link =
        LinkState.parse(
            "Deleted 6: eth1@eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group"
                + " default \\    link/ether 1a:c4:9f:8e:43:ec brd ff:ff:ff:ff:ff:ff");
    assertNotNull(link);
    assertTrue(link.deleted());
    assertFalse(link.up());
  }

  @Test
  void otherLines_areNothing() {
    assertNull(LinkState.parse(""));
    assertNull(LinkState.parse("192.0.2.1 dev eth0 lladdr 1a:c4:9f:8e:43:ec REACHABLE"));
  }

  @Test
  void address_becomesArguments() {
    assertEquals(
        "192.0.2.1/24 brd 192.0.2.255 scope global",
        HostDevice.addressArguments(
            "2: eth0    inet 192.0.2.1/24 brd 192.0.2.255 scope global eth0\\       valid_lft"
                + " forever preferred_lft forever"));
    assertEquals(
        "2001:db8::1/64 scope global nodad",
        HostDevice.addressArguments(
            "8: vmgrt0    inet6 2001:db8::1/64 scope global nodad \\       valid_lft forever"));
    assertEquals(
        "10.0.0.1 peer 10.0.0.2/32 scope global",
        HostDevice.addressArguments("2: ppp0    inet 10.0.0.1 peer 10.0.0.2/32 scope global ppp0"));
  }
}
