package io.vireo.vr.forward;

import io.vireo.drivers.InternetChecksum;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.memory.MemoryPort;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.Ipv6Prefix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The lab with IPv6 on both wires, and frames as hosts send and see them.
///
/// ```text
///  h1 2001:db8:1::2 ---- ::1 router ::1 ---- 2001:db8:2::2 h2, and 2001:db8:ff::/48 behind it
/// ```
final class Ipv6Lab implements AutoCloseable {
  static final IpAddress H1 = Ipv6Address.of("2001:db8:1::2");
  static final IpAddress H2 = Ipv6Address.of("2001:db8:2::2");
  static final IpAddress R1 = Ipv6Address.of("2001:db8:1::1");
  static final IpAddress R2 = Ipv6Address.of("2001:db8:2::1");
  static final IpAddress FAR = Ipv6Address.of("2001:db8:ff::9");
  static final IpAddress H1_LINK = linkLocal(Lab.H1_MAC);
  static final IpAddress R1_LINK = linkLocal(Lab.R1_MAC);
  static final IpAddress NOBODY = Ipv6Address.of("::");
  static final IpAddress ALL_NODES = Ipv6Address.of("ff02::1");
  static final IpAddress ALL_ROUTERS = Ipv6Address.of("ff02::2");
  private static final HexFormat HEX = HexFormat.of();

  final Lab lab = new Lab();
  final Rib<Ipv6Prefix> rib =
      Rib.ipv6(lab.dataPlane.interfaces(), lab.dataPlane.ipv6Fib(), lab.dataPlane.groups());
  final RouterInterface r1 = lab.dataPlane.interfaces().require("r1", false);
  final RouterInterface r2 = lab.dataPlane.interfaces().require("r2", false);

  /// @param probes how often an address is asked for before it is used
  Ipv6Lab(int probes) throws LinuxException {
    configure(r1, "2001:db8:1::1", probes, RouterAdvertisements.NONE);
    configure(r2, "2001:db8:2::1", probes, RouterAdvertisements.NONE);
    rib.setStaticRoutes(
        List.of(
            Route.of(
                Ipv6Prefix.of("2001:db8:ff::/48"), RouteSource.STATIC, new NextHop.Via(H2, null))));
    rib.recompute();
  }

  private static IpAddress linkLocal(long mac) {
    return new IpAddress(Ipv6Address.linkLocalHigh(), Ipv6Address.interfaceIdentifier(mac));
  }

  void configure(RouterInterface on, String address, int probes, RouterAdvertisements sent) {
    IpAddress own = Ipv6Address.of(address);
    List<Ipv6InterfaceAddress> addresses =
        List.of(new Ipv6InterfaceAddress(own.high(), own.low(), 64, false));
    lab.dataPlane.configureIpv6(
        on,
        new Ipv6Settings(true, true, addresses, probes, SourceCheck.NONE, true, sent),
        lab.nowNs);
    lab.dataPlane.flushOriginated(lab.nowNs);
  }

  /// Lets both hosts be known, and forgets what the router said of itself.
  void resolve() {
    learn(1, H1, Lab.H1_MAC);
    learn(1, H1_LINK, Lab.H1_MAC);
    learn(2, H2, Lab.H2_MAC);
    pass(5_000);
    take(lab.h1);
    take(lab.h2);
  }

  private void learn(int on, IpAddress address, long mac) {
    lab.dataPlane
        .ipv6Neighbours()
        .learn(on, address.high(), address.low(), mac, true, true, lab.nowNs);
  }

  /// Lets time pass, in steps of a millisecond.
  void pass(long milliseconds) {
    for (long i = 0; i < milliseconds; i++) {
      lab.nowNs += 1_000_000;
      lab.dataPlane.onDeadline(lab.nowNs);
      lab.run();
    }
  }

  /// A frame to the router, or to whom a group's address says.
  byte[] frame(long from, IpAddress source, IpAddress to, int hops, int next, byte[] payload) {
    byte[] bytes = new byte[EthernetHeader.BYTES + Ipv6Header.BYTES + payload.length];
    MemorySegment frame = MemorySegment.ofArray(bytes);
    long router = from == Lab.H1_MAC ? Lab.R1_MAC : Lab.R2_MAC;
    long mac = Ipv6Address.isMulticast(to.high()) ? Ipv6Address.groupMac(to.low()) : router;
    EthernetHeader.write(frame, 0, mac, from, EthernetHeader.TYPE_IPV6);
    Ipv6Header.write(
        frame,
        EthernetHeader.BYTES,
        payload.length,
        next,
        hops,
        source.high(),
        source.low(),
        to.high(),
        to.low());
    System.arraycopy(payload, 0, bytes, EthernetHeader.BYTES + Ipv6Header.BYTES, payload.length);
    return bytes;
  }

  /// An ICMPv6 message in a frame, with its checksum.
  ///
  /// @param body in hexadecimal, from the type on; the checksum is put in
  byte[] icmp(long from, IpAddress source, IpAddress to, int hops, String body) {
    return icmp(from, source, to, hops, "", body);
  }

  /// The same behind extension headers, the last of which says 58.
  ///
  /// @param extensions in hexadecimal; the first header's number before them
  byte[] icmp(long from, IpAddress source, IpAddress to, int hops, String extensions, String body) {
    byte[] chain = HEX.parseHex(extensions.isEmpty() ? "" : extensions.substring(2));
    byte[] message = HEX.parseHex(body);
    byte[] payload = new byte[chain.length + message.length];
    System.arraycopy(chain, 0, payload, 0, chain.length);
    System.arraycopy(message, 0, payload, chain.length, message.length);
    int next =
        extensions.isEmpty() ? Ipv6Header.ICMPV6 : HEX.parseHex(extensions.substring(0, 2))[0];
    byte[] bytes = frame(from, source, to, hops, next, payload);
    MemorySegment frame = MemorySegment.ofArray(bytes);
    long at = EthernetHeader.BYTES + Ipv6Header.BYTES + (long) chain.length;
    InternetChecksum.store(
        frame,
        at + 2,
        InternetChecksum.sum(frame, at, message.length)
            + Ipv6Header.pseudoHeaderSum(
                frame, EthernetHeader.BYTES, Ipv6Header.ICMPV6, message.length));
    return bytes;
  }

  /// Sends a frame from a host, and lets the router work.
  void send(MemoryPort from, byte[] frame) {
    transmit(from, frame);
    lab.run();
  }

  void transmit(MemoryPort from, byte[] frame) {
    long at = lab.pool.allocate();
    MemorySegment.copy(frame, 0, lab.memory, ValueLayout.JAVA_BYTE, at, frame.length);
    lab.transmit(from, at, frame.length);
  }

  /// What a host has received, without link-layer header.
  List<Seen> take(MemoryPort at) {
    List<Seen> seen = new ArrayList<>();
    PacketVector received = lab.take(at);
    for (int i = 0; i < received.size(); i++) {
      byte[] bytes = new byte[received.length(i)];
      MemorySegment.copy(
          lab.memory, ValueLayout.JAVA_BYTE, received.offset(i), bytes, 0, bytes.length);
      if (EthernetHeader.type(MemorySegment.ofArray(bytes), 0) == EthernetHeader.TYPE_IPV6) {
        seen.add(new Seen(bytes));
      }
    }
    lab.release();
    return seen;
  }

  /// One frame with an IPv6 packet.
  record Seen(byte[] bytes) {
    private MemorySegment memory() {
      return MemorySegment.ofArray(bytes);
    }

    long destinationMac() {
      return EthernetHeader.destination(memory(), 0);
    }

    IpAddress source() {
      return new IpAddress(
          Ipv6Header.sourceHigh(memory(), EthernetHeader.BYTES),
          Ipv6Header.sourceLow(memory(), EthernetHeader.BYTES));
    }

    IpAddress destination() {
      return new IpAddress(
          Ipv6Header.destinationHigh(memory(), EthernetHeader.BYTES),
          Ipv6Header.destinationLow(memory(), EthernetHeader.BYTES));
    }

    int hopLimit() {
      return Ipv6Header.hopLimit(memory(), EthernetHeader.BYTES);
    }

    private int message() {
      boolean alert =
          Ipv6Header.nextHeader(memory(), EthernetHeader.BYTES) == Ipv6Header.HOP_BY_HOP;
      return EthernetHeader.BYTES + Ipv6Header.BYTES + (alert ? 8 : 0);
    }

    int type() {
      return Icmpv6Message.type(memory(), message());
    }

    /// The ICMPv6 message in hexadecimal, without type, code and checksum.
    String body() {
      return HEX.formatHex(bytes, message() + 4, bytes.length);
    }

    /// Type and code as `t/c`, when the checksum is good.
    String typeAndCode() {
      boolean good =
          Icmpv6Message.checksumIsGood(
              memory(), EthernetHeader.BYTES, message(), bytes.length - message());
      return good ? type() + "/" + Icmpv6Message.code(memory(), message()) : "bad checksum";
    }
  }

  static String hex(IpAddress address) {
    return HEX.toHexDigits(address.high()) + HEX.toHexDigits(address.low());
  }

  static String hex(long mac) {
    return HEX.toHexDigits(mac).substring(4);
  }

  long drops(DropReason reason) {
    return lab.drops(reason);
  }

  @Override
  public void close() {
    lab.close();
  }
}
