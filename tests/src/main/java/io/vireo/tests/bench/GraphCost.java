package io.vireo.tests.bench;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.socket.SocketLayer;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Prefix;
import io.vireo.vr.wire.UdpHeader;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// What the forwarding graph costs a packet, without any driver: the same 256 frames go in at one
/// port and out at the other, their headers restored from a template in between (its cost is
/// printed beside).
public final class GraphCost {
  private static final long MAC = 0x0200_0000_0101L;
  private static final int FRAME_BYTES = 60;
  private static final int SAMPLES = 9;
  private static final int ROUNDS = 20_000;

  private GraphCost() {}

  public static void main(String[] args) throws LinuxException {
    PacketPool pool = PacketPool.create(1024);
    SocketLayer sockets = new SocketLayer();
    DataPlane plane = new DataPlane(pool, sockets);
    sockets.attach(plane, null);
    Rib rib = new Rib(plane.interfaces(), plane.fib(), plane.groups());
    Loop loop = new Loop(pool);
    Port[] ports = {loop.entrance(), loop.exit()};
    for (int i = 0; i < ports.length; i++) {
      RouterInterface each = plane.interfaces().require(ports[i].name(), false);
      each.setPort(ports[i]);
      int own = Ipv4Address.of("10.0." + (i + 1) + ".1");
      each.setAddresses(List.of(new InterfaceAddress(own, 24)));
    }
    int gateway = Ipv4Address.of("10.0.2.2");
    NextHop via = new NextHop.Via(gateway, null);
    rib.setStaticRoutes(List.of(Route.of(Prefix.of("203.0.113.0/24"), RouteSource.STATIC, via)));
    plane.checkLinks(1, (changed, up) -> rib.recompute());
    plane.neighbours().learn(2, gateway, 0x0200_0000_0202L, true, true, 1);
    double[] graph = new double[SAMPLES];
    double[] restore = new double[SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      graph[sample] = perPacketNs(() -> plane.run(2));
      restore[sample] = perPacketNs(loop::turn);
    }
    System.out.printf(
        "graph and restore %s ns/packet, restore alone %s%n", text(graph), text(restore));
  }

  private static double perPacketNs(Runnable turn) {
    long startNs = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      turn.run();
    }
    return (System.nanoTime() - startNs) / (double) ROUNDS / PacketVector.CAPACITY;
  }

  private static String text(double[] samples) {
    Arrays.sort(samples);
    return String.format(
        "%.1f (%.1f to %.1f)", samples[SAMPLES / 2], samples[0], samples[SAMPLES - 1]);
  }

  /// The frames, on their way round.
  private static final class Loop {
    private final PacketPool pool;
    private final long template;
    private final long[] waiting = new long[PacketVector.CAPACITY];
    private final PacketVector vector = new PacketVector();
    private int count;

    Loop(PacketPool pool) {
      this.pool = pool;
      int source = Ipv4Address.of("10.0.1.2");
      int destination = Ipv4Address.of("203.0.113.9");
      MemorySegment memory = pool.memory();
      template = pool.allocate();
      EthernetHeader.write(memory, template, MAC, MAC + 1, EthernetHeader.TYPE_IPV4);
      long ip = template + EthernetHeader.BYTES;
      Ipv4Header.write(memory, ip, 46, 7, 0, 64, Ipv4Header.PROTOCOL_UDP, source, destination);
      UdpHeader.write(memory, ip + 20, 4000, 9, 26, source, destination);
      while (count < waiting.length) {
        waiting[count++] = pool.allocate(FRAME_BYTES);
      }
    }

    int enter(PacketVector into, int receivingInterface) {
      int entered = count;
      MemorySegment memory = pool.memory();
      for (int i = 0; i < entered; i++) {
        MemorySegment.copy(memory, template, memory, waiting[i], FRAME_BYTES);
        into.add(waiting[i], FRAME_BYTES, receivingInterface);
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
      public void refresh() {
        // the link stays up
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
