package io.vireo.tests.fuzz;

import io.vireo.drivers.InternetChecksum;
import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.memory.MemoryPort;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.Ipv6InterfaceAddress;
import io.vireo.vr.forward.Ipv6Settings;
import io.vireo.vr.forward.RouterAdvertisements;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.forward.SourceCheck;
import io.vireo.vr.forward.VlanTags;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.socket.Endpoint;
import io.vireo.vr.socket.SocketException;
import io.vireo.vr.socket.SocketLayer;
import io.vireo.vr.socket.UdpSocket;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Header;
import io.vireo.vr.wire.VlanTag;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Frames into a router's ports: nothing is thrown, and every buffer comes back.
///
/// ```text
///  input: what (8) | length (16) | frame, again and again
///  what:  1 port; 2 checksums are put right; 4 the frame's destination is; 8..64 time that passes
/// ```
public final class FrameFuzz {
  private static final int BUFFERS = 512;
  private static final int MAX_FRAME = 1514;
  private static final int MAX_FRAMES = 64;
  private static final long MAC = 0x0200_0000_0101L;
  private static final long SECOND_NS = 1_000_000_000L;

  private final PacketPool pool;
  private final DataPlane plane;
  private final UdpSocket socket;
  private final MemoryPort[] hosts = new MemoryPort[2];
  private final PacketVector vector = new PacketVector();
  private long nowNs = SECOND_NS;

  private FrameFuzz() throws IOException {
    pool = PacketPool.create(BUFFERS);
    SocketLayer sockets = new SocketLayer();
    plane = new DataPlane(pool, sockets);
    sockets.attach(plane, null);
    Rib<Ipv4Prefix> rib = Rib.ipv4(plane.interfaces(), plane.fib(), plane.groups());
    for (int i = 0; i < 2; i++) {
      MemoryPort[] wire = MemoryPort.wire("r" + i, MAC + i, "h" + i, MAC + 16 + i, 1500);
      hosts[i] = wire[1];
      RouterInterface on = plane.interfaces().require("r" + i, false);
      on.setPort(wire[0]);
      on.setAddresses(List.of(new InterfaceAddress(Ipv4Address.of("10.0." + i + ".1"), 24)));
      plane.configureIpv6(on, ipv6(i), nowNs);
    }
    RouterInterface first = plane.interfaces().require("r0", false);
    first.setSourceCheck(SourceCheck.LOOSE);
    plane
        .interfaces()
        .require("r0.100", false)
        .setVlan(first, new VlanTags(VlanTag.TYPE_C_VLAN, 100, 0));
    plane.checkLinks(nowNs, (changed, up) -> rib.recompute());
    rib.setStaticRoutes(
        List.of(
            Route.of(
                Ipv4Prefix.of("0.0.0.0/0"),
                RouteSource.STATIC,
                new NextHop.Via(IpAddress.ofIpv4(Ipv4Address.of("10.0.1.2")), null))));
    socket = sockets.openUdp();
    try {
      socket.bind(new Endpoint(0, 9));
    } catch (SocketException refused) {
      throw new IllegalStateException(refused);
    }
  }

  private static Ipv6Settings ipv6(int number) {
    IpAddress own = new IpAddress(0x2001_0db8_0000_0000L | number, 1);
    return new Ipv6Settings(
        true,
        true,
        List.of(new Ipv6InterfaceAddress(own.high(), own.low(), 64, false)),
        0,
        SourceCheck.NONE,
        true,
        new RouterAdvertisements(true, 4, 3, false, false, 0, 0, 0, 64, 12, Map.of()));
  }

  /// What the fuzzer calls.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    FrameFuzz fuzz = new FrameFuzz();
    fuzz.run(input);
    fuzz.close();
  }

  private void run(byte[] input) {
    int at = 0;
    for (int count = 0; at + 3 <= input.length && count < MAX_FRAMES; count++) {
      int what = input[at];
      int length = (input[at + 1] & 0xff) << 8 | input[at + 2] & 0xff;
      at += 3;
      length = Math.min(Math.min(length, MAX_FRAME), input.length - at);
      if (length > 0) {
        send(input, at, length, what);
      }
      at += length;
      pass((what & 0x78) * 100_000_000L);
    }
  }

  private void send(byte[] input, int at, int length, int what) {
    long frame = pool.allocate();
    if (frame < 0) {
      throw new IllegalStateException("no buffer is free: " + pool.available());
    }
    MemorySegment.copy(input, at, pool.memory(), ValueLayout.JAVA_BYTE, frame, length);
    int port = what & 1;
    if ((what & 4) != 0 && length >= 6) {
      long mac = MAC + port;
      for (int i = 0; i < 6; i++) {
        pool.memory().set(ValueLayout.JAVA_BYTE, frame + i, (byte) (mac >> 40 - 8 * i));
      }
    }
    if ((what & 2) != 0) {
      putRight(frame, length);
    }
    vector.push(frame, length);
    hosts[port].transmit(vector, pool);
    plane.run(nowNs);
    takeAll();
  }

  // Behind a wrong checksum there is nothing to be found.
  private void putRight(long frame, int length) {
    MemorySegment memory = pool.memory();
    long packet = frame + EthernetHeader.BYTES;
    int bytes = length - EthernetHeader.BYTES;
    if (bytes >= Ipv4Header.MIN_BYTES
        && EthernetHeader.type(memory, frame) == EthernetHeader.TYPE_IPV4) {
      int headerBytes = Math.max(Ipv4Header.MIN_BYTES, Ipv4Header.headerBytes(memory, packet));
      int total = Ipv4Header.totalLength(memory, packet);
      if (headerBytes <= bytes && total >= headerBytes && total <= bytes) {
        putRight(packet + 10, packet, headerBytes, 0);
        int protocol = Ipv4Header.protocol(memory, packet);
        boolean plain =
            protocol == Ipv4Header.PROTOCOL_ICMP || protocol == Ipv4Header.PROTOCOL_IGMP;
        if (plain && total >= headerBytes + 8) {
          putRight(packet + headerBytes + 2, packet + headerBytes, total - headerBytes, 0);
        }
      }
    } else if (bytes >= Ipv6Header.BYTES + 8
        && EthernetHeader.type(memory, frame) == EthernetHeader.TYPE_IPV6) {
      int payload = Ipv6Header.payloadLength(memory, packet);
      boolean direct = Ipv6Header.nextHeader(memory, packet) == Ipv6Header.ICMPV6;
      if (direct && payload >= 8 && payload <= bytes - Ipv6Header.BYTES) {
        long pseudo = Ipv6Header.pseudoHeaderSum(memory, packet, Ipv6Header.ICMPV6, payload);
        putRight(packet + Ipv6Header.BYTES + 2, packet + Ipv6Header.BYTES, payload, pseudo);
      }
    }
  }

  private void putRight(long checksum, long from, int length, long more) {
    MemorySegment memory = pool.memory();
    memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, checksum, (short) 0);
    InternetChecksum.store(memory, checksum, InternetChecksum.sum(memory, from, length) + more);
  }

  private void pass(long ns) {
    long untilNs = nowNs + ns;
    for (int steps = 0; steps < 100 && nowNs < untilNs; steps++) {
      nowNs = Math.max(nowNs + 1_000_000, Math.min(untilNs, plane.nextDeadlineNs()));
      plane.onDeadline(nowNs);
      takeAll();
    }
    nowNs = Math.max(nowNs, untilNs);
  }

  private void takeAll() {
    for (MemoryPort host : hosts) {
      while (host.receive(vector, pool, 0) > 0) {
        pool.freeAll(vector);
      }
    }
    try {
      while (socket.receive() != null) {
        // what was let in
      }
    } catch (SocketException closed) {
      throw new IllegalStateException(closed);
    }
  }

  private void close() {
    for (int second = 0; second < 70; second++) {
      pass(SECOND_NS);
    }
    int held = pool.capacity() - pool.available();
    if (held != 0 || pool.availableLarge() != PacketPool.LARGE_BUFFERS) {
      throw new IllegalStateException(held + " buffers are held");
    }
    socket.close();
    plane.close();
    pool.close();
  }

  /// @param arguments a folder, into which frames that hosts send go, for the fuzzer to begin with
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    List<String> frames = Files.readAllLines(Path.of(arguments[1]));
    int number = 0;
    for (String line : frames) {
      String text = line.replaceAll("#.*", "").replace(" ", "");
      if (!text.isEmpty()) {
        byte[] frame = HexFormat.of().parseHex(text);
        byte[] input = new byte[3 + frame.length];
        input[0] = 6;
        input[1] = (byte) (frame.length >> 8);
        input[2] = (byte) frame.length;
        System.arraycopy(frame, 0, input, 3, frame.length);
        Files.write(folder.resolve("seed" + number++), input);
      }
    }
  }
}
