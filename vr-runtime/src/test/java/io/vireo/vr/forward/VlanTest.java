package io.vireo.vr.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.PacketVector;
import io.vireo.drivers.memory.MemoryPort;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.wire.ArpPacket;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.NetworkOrder;
import io.vireo.vr.wire.UdpHeader;
import io.vireo.vr.wire.VlanTag;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sub-interfaces (IEEE 802.1Q, QinQ): what comes in with tags, what goes out with them.
class VlanTest {
  private static final int GUEST = Ipv4Address.of("10.1.0.2");
  private static final int GUEST_ROUTER = Ipv4Address.of("10.1.0.1");
  private static final int FAR_GUEST = Ipv4Address.of("10.2.0.2");
  private static final int FAR_ROUTER = Ipv4Address.of("10.2.0.1");

  private Lab lab;
  private RouterInterface r1;
  private RouterInterface guest;
  private RouterInterface far;

  /// r1 with VLAN 100, r2 with VLAN 300 in service VLAN 200.
  @BeforeEach
  void build() throws Exception {
    lab = new Lab();
    r1 = lab.dataPlane.interfaces().require("r1", false);
    guest = lab.dataPlane.interfaces().require("r1.100", false);
    guest.setVlan(r1, new VlanTags(VlanTag.TYPE_C_VLAN, 100, 0));
    guest.setAddresses(List.of(new InterfaceAddress(GUEST_ROUTER, 24)));
    far = lab.dataPlane.interfaces().require("r2.200.300", false);
    far.setVlan(
        lab.dataPlane.interfaces().require("r2", false),
        new VlanTags(VlanTag.TYPE_S_VLAN, 200, 300));
    far.setAddresses(List.of(new InterfaceAddress(FAR_ROUTER, 24)));
    lab.dataPlane.checkLinks(lab.nowNs, (changed, up) -> lab.rib.recompute());
    lab.resolve();
  }

  @AfterEach
  void close() {
    lab.dataPlane.neighbours().flush(guest.index());
    lab.dataPlane.neighbours().flush(far.index());
    lab.take(lab.h1);
    lab.release();
    lab.take(lab.h2);
    lab.release();
    assertEquals(lab.pool.capacity(), lab.pool.available());
    lab.close();
  }

  private void know(RouterInterface on, int address, long mac) {
    lab.dataPlane
        .neighbours()
        .learn(on.index(), 0, IpAddress.mapped(address), mac, true, true, lab.nowNs);
  }

  private static byte[] udp(int source, int destination, int bytes) {
    byte[] frame = new byte[42 + bytes];
    MemorySegment memory = MemorySegment.ofArray(frame);
    EthernetHeader.write(memory, 0, Lab.R1_MAC, Lab.H1_MAC, EthernetHeader.TYPE_IPV4);
    Ipv4Header.write(memory, 14, 28 + bytes, 7, 0, 64, 17, source, destination);
    UdpHeader.write(memory, 34, 4000, 9, 8 + bytes, source, destination);
    return frame;
  }

  /// With the tags, in hexadecimal, between addresses and EtherType.
  private static byte[] tagged(byte[] frame, String tags) {
    byte[] between = HexFormat.of().parseHex(tags.replace(" ", ""));
    byte[] made = Arrays.copyOf(frame, frame.length + between.length);
    System.arraycopy(between, 0, made, 12, between.length);
    System.arraycopy(frame, 12, made, 12 + between.length, frame.length - 12);
    return made;
  }

  private void send(MemoryPort from, byte[] frame) {
    long at = lab.pool.allocate();
    MemorySegment.copy(frame, 0, lab.memory, ValueLayout.JAVA_BYTE, at, frame.length);
    lab.transmit(from, at, frame.length);
    lab.run();
  }

  /// What a host received, from the EtherType on, in hexadecimal.
  private List<String> seen(MemoryPort at) {
    PacketVector received = lab.take(at);
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < received.size(); i++) {
      byte[] bytes = new byte[received.length(i) - 12];
      MemorySegment.copy(
          lab.memory, ValueLayout.JAVA_BYTE, received.offset(i) + 12, bytes, 0, bytes.length);
      seen.add(HexFormat.of().formatHex(bytes));
    }
    lab.release();
    return seen;
  }

  @Test
  void taggedPackets_areForwarded_withTheTagsOfWhereTheyGo() {
    know(far, FAR_GUEST, Lab.H2_MAC);
    send(lab.h1, tagged(udp(GUEST, FAR_GUEST, 30), "8100 0064"));
    List<String> there = seen(lab.h2);
    assertEquals(1, there.size());
    assertTrue(there.getFirst().startsWith("88a800c8" + "8100012c" + "08004500"), there::toString);
    assertEquals(2 * (14 - 12 + 8 + 28 + 30), there.getFirst().length());
    // And from there to a host without tags.
    know(r1, Lab.H1, Lab.H1_MAC);
    byte[] back = udp(FAR_GUEST, Lab.H1, 5);
    EthernetHeader.write(
        MemorySegment.ofArray(back), 0, Lab.R2_MAC, Lab.H2_MAC, EthernetHeader.TYPE_IPV4);
    send(lab.h2, tagged(back, "88a8 20c8 8100 612c")); // priorities do not matter
    assertTrue(seen(lab.h1).getFirst().startsWith("0800"));
    assertEquals(1, guest.counters().inUnicastPkts);
    assertEquals(72, guest.counters().inOctets);
    assertEquals(1, far.counters().outUnicastPkts);
    assertEquals(80, lab.dataPlane.interfaces().require("r2", false).counters().outOctets);
  }

  @Test
  void arp_isAnsweredInItsVlan_only() {
    byte[] request = new byte[60];
    MemorySegment memory = MemorySegment.ofArray(request);
    EthernetHeader.write(memory, 0, EthernetHeader.BROADCAST, Lab.H1_MAC, EthernetHeader.TYPE_ARP);
    ArpPacket.write(memory, 14, ArpPacket.REQUEST, Lab.H1_MAC, GUEST, 0, GUEST_ROUTER);
    send(lab.h1, request);
    assertEquals(List.of(), seen(lab.h1));
    send(lab.h1, tagged(request, "8100 0064"));
    String reply = seen(lab.h1).getFirst();
    assertTrue(reply.startsWith("81000064" + "0806" + "0001080006040002"), reply);
  }

  @ParameterizedTest
  @CsvSource({
    "8100 0065", // another VLAN
    "88a8 0064", // another kind of tag
    "8100 0064 8100 0064", // one too many
    "8100 0064 88a8 0064", // a tag inside
    "8100 0000 8100 0064", // a priority before it
    "88a8 0000 88a8 0000 88a8 0000", // priorities before each other
    "8100 0fff",
    "88a8 00c8 8100 012c", // another port's
  })
  void otherTags_areDropped(String tags) {
    send(lab.h1, tagged(udp(GUEST, Lab.H2, 30), tags));
    assertEquals(1, lab.drops(DropReason.VLAN_UNKNOWN));
    assertEquals(List.of(), seen(lab.h2));
  }

  @Test
  void priorityTag_isThePortsOwn() {
    send(lab.h1, tagged(udp(Lab.H1, Lab.H2, 30), "8100 e000"));
    assertTrue(seen(lab.h2).getFirst().startsWith("0800"));
    assertEquals(1, r1.counters().inUnicastPkts);
  }

  @Test
  void cutFrames_areDropped() {
    byte[] whole = tagged(udp(GUEST, Lab.H2, 30), "8100 0064");
    for (int length = 14; length < 18; length++) {
      send(lab.h1, Arrays.copyOf(whole, length));
    }
    assertEquals(4, lab.drops(DropReason.VLAN_UNKNOWN));
    for (int length = 18; length < 38; length++) {
      send(lab.h1, Arrays.copyOf(whole, length));
    }
    assertEquals(20, lab.drops(DropReason.IPV4_TOO_SHORT));
  }

  @Test
  void mixedVector_isSortedOut() {
    know(far, FAR_GUEST, Lab.H2_MAC);
    PacketVector burst = new PacketVector();
    for (int i = 0; i < 90; i++) {
      byte[] frame =
          switch (i % 3) {
            case 0 -> udp(Lab.H1, Lab.H2, i);
            case 1 -> tagged(udp(GUEST, FAR_GUEST, i), "8100 0064");
            default -> tagged(udp(GUEST, FAR_GUEST, i), "8100 0007");
          };
      long at = lab.pool.allocate();
      MemorySegment.copy(frame, 0, lab.memory, ValueLayout.JAVA_BYTE, at, frame.length);
      burst.add(at, frame.length, 0);
    }
    lab.h1.transmit(burst, lab.pool);
    lab.run();
    List<String> there = seen(lab.h2);
    assertEquals(30, there.stream().filter(each -> each.startsWith("0800")).count());
    assertEquals(30, there.stream().filter(each -> each.startsWith("88a8")).count());
    assertEquals(30, lab.drops(DropReason.VLAN_UNKNOWN));
  }

  @Test
  void state_followsTheParent() {
    assertTrue(guest.operUp());
    assertEquals(Lab.R1_MAC, guest.mac());
    assertEquals(1500, guest.mtuBytes());
    assertEquals(1496, far.mtuBytes());
    r1.setAdminUp(false);
    assertFalse(guest.operUp());
    r1.setAdminUp(true);
    guest.setAdminUp(false);
    send(lab.h1, tagged(udp(GUEST, Lab.H2, 30), "8100 0064"));
    assertEquals(1, lab.drops(DropReason.INTERFACE_DOWN));
  }

  @Test
  void tags_areOfOneSubInterface() {
    RouterInterface second = lab.dataPlane.interfaces().require("second", false);
    VlanTags same = new VlanTags(VlanTag.TYPE_C_VLAN, 100, 0);
    assertThrows(IllegalStateException.class, () -> second.setVlan(r1, same));
    guest.setVlan(null, null);
    second.setVlan(null, null);
    second.setVlan(r1, same);
    assertEquals(second, r1.subInterfaces().lookup(same.key()));
    lab.dataPlane.interfaces().remove("second");
    assertEquals(null, r1.subInterfaces().lookup(same.key()));
    guest.setVlan(r1, same);
  }

  @Test
  void tag_insertedAndRemoved_leavesTheFrame() {
    byte[] bytes = new byte[64];
    new java.util.Random(1).nextBytes(bytes);
    byte[] before = bytes.clone();
    MemorySegment memory = MemorySegment.ofArray(bytes);
    VlanTag.insert(memory, 8, VlanTag.TYPE_C_VLAN, 5);
    assertEquals(0x8100_0005, NetworkOrder.get32(memory, 16));
    VlanTag.remove(memory, 4);
    assertTrue(Arrays.equals(before, 8, 64, bytes, 8, 64));
  }
}
