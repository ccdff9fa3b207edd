package io.vireo.tests.bench;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.socket.SocketLayer;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.NetworkOrder;
import io.vireo.vr.wire.UdpHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/// What the forwarding graph costs a packet, without any driver: the same 256 frames go in at one
/// port and out at the other, their headers written anew from a template in between. What the
/// writing costs is measured by itself and taken off.
public final class ForwardCore {
  private static final long MAC = 0x0200_0000_0101L;
  private static final long NEIGHBOUR_MAC = 0x0200_0000_0202L;
  private static final int FRAME_BYTES = 60;
  private static final int SAMPLES = 9;
  private static final int ROUNDS = 20_000;
  private static final int WARM_UPS = 3;
  private static final int HOPS = 200;
  private static final int DESTINATIONS = 1 << 20;

  private ForwardCore() {}

  /// @param arguments a file of routes and `random` destinations; or one route, `one` destination
  ///   or `spread` over all of it. Prints nanoseconds per packet: the graph's, and of the source
  ///   that was taken off
  public static void main(String[] arguments) throws IOException {
    boolean random = arguments.length > 1;
    boolean spread = arguments[0].equals("spread");
    PacketPool pool = PacketPool.create(1024);
    SocketLayer sockets = new SocketLayer();
    DataPlane plane = new DataPlane(pool, sockets);
    sockets.attach(plane, null);
    Rib<Ipv4Prefix> rib = Rib.ipv4(plane.interfaces(), plane.fib(), plane.groups());
    Loop loop = new Loop(pool, random ? random() : ofOneRoute(spread ? 256 : 1));
    Port[] ports = {loop.entrance(), loop.exit()};
    for (int i = 0; i < ports.length; i++) {
      RouterInterface each = plane.interfaces().require(ports[i].name(), false);
      each.setPort(ports[i]);
      int own = Ipv4Address.of("10.0." + (i + 1) + ".1");
      each.setAddresses(List.of(new InterfaceAddress(own, 24)));
    }
    plane.checkLinks(1, (changed, up) -> rib.recompute());
    for (int hop = 2; hop < 2 + HOPS; hop++) {
      plane.neighbours().installStatic(2, 0, IpAddress.mapped(hop(hop)), NEIGHBOUR_MAC);
    }
    rib.setStaticRoutes(routes(random ? arguments[0] : ""));
    double[] graph = new double[SAMPLES];
    double[] source = new double[SAMPLES];
    for (int sample = -WARM_UPS; sample < SAMPLES; sample++) {
      double whole = perPacketNs(() -> plane.run(2));
      double alone = perPacketNs(loop::turn);
      if (sample >= 0) {
        graph[sample] = whole - alone;
        source[sample] = alone;
      }
    }
    Arrays.sort(graph);
    Arrays.sort(source);
    System.out.printf(
        Locale.ROOT, "graph %.1f source %.1f%n", graph[SAMPLES / 2], source[SAMPLES / 2]);
  }

  private static int hop(int number) {
    return Ipv4Address.of("10.0.2.0") + number;
  }

  private static int[] random() {
    return new Random(1)
        .ints()
        .filter(address -> !Ipv4Address.isMartianSource(address))
        .filter(address -> address >>> 24 != 10) // the router's own networks
        .limit(DESTINATIONS)
        .toArray();
  }

  private static int[] ofOneRoute(int destinations) {
    int first = Ipv4Address.of("203.0.113.0");
    return IntStream.range(first, first + destinations).toArray();
  }

  private static List<Route<Ipv4Prefix>> routes(String file) throws IOException {
    List<Route<Ipv4Prefix>> routes = new ArrayList<>();
    if (file.isEmpty()) {
      routes.add(route(Ipv4Prefix.of("203.0.113.0/24"), 2));
      return routes;
    }
    routes.add(route(Ipv4Prefix.of("0.0.0.0/0"), 2));
    for (String line : Files.readAllLines(Path.of(file))) {
      String[] words = line.split(" ");
      Ipv4Prefix prefix = Ipv4Prefix.of(words[0]);
      if (prefix.address() >>> 24 != 10) {
        routes.add(route(prefix, 2 + Integer.parseInt(words[1]) % HOPS));
      }
    }
    return routes;
  }

  private static Route<Ipv4Prefix> route(Ipv4Prefix prefix, int hop) {
    return Route.of(prefix, RouteSource.STATIC, new NextHop.Via(IpAddress.ofIpv4(hop(hop)), "out"));
  }

  private static double perPacketNs(Runnable turn) {
    long startNs = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      turn.run();
    }
    return (System.nanoTime() - startNs) / (double) ROUNDS / PacketVector.CAPACITY;
  }

  /// The frames, on their way round.
  private static final class Loop {
    private static final int CHECKSUM = EthernetHeader.BYTES + 10;
    private static final int DESTINATION = EthernetHeader.BYTES + 16;

    private final PacketPool pool;
    private final long template;
    private final long[] waiting = new long[PacketVector.CAPACITY];
    private final PacketVector vector = new PacketVector();
    private final int[] destinations;
    private int count;
    private int next;

    Loop(PacketPool pool, int[] destinations) {
      this.pool = pool;
      this.destinations = destinations;
      int source = Ipv4Address.of("10.0.1.2");
      MemorySegment memory = pool.memory();
      template = pool.allocate();
      EthernetHeader.write(memory, template, MAC, MAC + 1, EthernetHeader.TYPE_IPV4);
      long ip = template + EthernetHeader.BYTES;
      Ipv4Header.write(memory, ip, 46, 7, 0, 64, Ipv4Header.PROTOCOL_UDP, source, 0);
      UdpHeader.write(memory, ip + 20, 4000, 9, 26, source, 0);
      while (count < waiting.length) {
        waiting[count++] = pool.allocate(FRAME_BYTES);
      }
    }

    int enter(PacketVector into, int receivingInterface) {
      int entered = count;
      MemorySegment memory = pool.memory();
      int sum = ~NetworkOrder.get16(memory, template + CHECKSUM) & 0xffff;
      for (int i = 0; i < entered; i++) {
        long frame = waiting[i];
        for (int at = 0; at < FRAME_BYTES; at += Long.BYTES) {
          NetworkOrder.put64(memory, frame + at, NetworkOrder.get64(memory, template + at));
        }
        int destination = destinations[next];
        next = next + 1 & destinations.length - 1;
        int checksum = sum + (destination >>> 16) + (destination & 0xffff);
        checksum = (checksum & 0xffff) + (checksum >>> 16);
        checksum = (checksum & 0xffff) + (checksum >>> 16);
        NetworkOrder.put16(memory, frame + CHECKSUM, ~checksum);
        NetworkOrder.put32(memory, frame + DESTINATION, destination);
        into.add(frame, FRAME_BYTES, receivingInterface);
      }
      count = 0;
      return entered;
    }

    void leave(PacketVector from) {
      for (int i = 0; i < from.size(); i++) {
        waiting[count++] = from.offset(i);
      }
      from.clear();
    }

    void turn() {
      enter(vector, 1);
      leave(vector);
    }

    Port entrance() {
      return new Side("in", true);
    }

    Port exit() {
      return new Side("out", false);
    }

    /// One end of the router.
    private final class Side implements Port {
      private final String name;
      private final boolean enters;
      private final PortStatistics statistics = new PortStatistics();

      Side(String name, boolean enters) {
        this.name = name;
        this.enters = enters;
      }

      @Override
      public String name() {
        return name;
      }

      @Override
      public long mac() {
        return MAC;
      }

      @Override
      public int mtuBytes() {
        return 1500;
      }

      @Override
      public boolean linkUp() {
        return true;
      }

      @Override
      public int receive(PacketVector into, PacketPool pool, int receivingInterface) {
        return enters ? enter(into, receivingInterface) : 0;
      }

      @Override
      public void transmit(PacketVector from, PacketPool pool) {
        if (enters) {
          pool.freeAll(from); // what the router says for itself
        } else {
          leave(from);
        }
      }

      @Override
      public int pollDescriptor() {
        return -1;
      }

      @Override
      public boolean hasPending() {
        return enters;
      }

      @Override
      public boolean refresh() {
        // the link stays up
        return true;
      }

      @Override
      public PortStatistics statistics() {
        return statistics;
      }

      @Override
      public void close() {
        // nothing is held
      }
    }
  }
}
