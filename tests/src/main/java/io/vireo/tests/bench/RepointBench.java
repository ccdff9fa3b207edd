package io.vireo.tests.bench;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.memory.MemoryPort;
import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.socket.SocketLayer;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How long a link's loss takes until no packet follows a route over it, with a routing table of
/// the Internet's size, from the link's look-up to the last group: once with two paths in each
/// route, once with routes over next hops that other routes lead to. Prints `metric value` lines.
public final class RepointBench {
  private static final int SAMPLES = 31;
  private static final int HOPS = 200;

  private final DataPlane plane;
  private final Rib<Ipv4Prefix> rib;
  private final MemoryPort second;

  private RepointBench(PacketPool pool) {
    SocketLayer sockets = new SocketLayer();
    plane = new DataPlane(pool, sockets);
    sockets.attach(plane, null);
    rib = Rib.ipv4(plane.interfaces(), plane.fib(), plane.groups());
    port("first", 1);
    second = port("second", 2);
    plane.checkLinks(1, (changed, up) -> rib.recompute());
  }

  private MemoryPort port(String name, int number) {
    MemoryPort port =
        MemoryPort.wire(
            name, 0x0200_0000_0100L + number, name + "-far", 0x0200_0000_0200L + number, 1500)[0];
    var on = plane.interfaces().require(name, false);
    on.setPort(port);
    on.setAddresses(List.of(new InterfaceAddress(hop(number, 1), 24)));
    return port;
  }

  /// @param arguments the file of routes
  public static void main(String[] arguments) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(arguments[0]));
    for (boolean recursive : new boolean[] {false, true}) {
      try (PacketPool pool = PacketPool.create(64)) {
        RepointBench bench = new RepointBench(pool);
        bench.load(lines, recursive);
        double[] milliseconds = bench.measure();
        String name = recursive ? "repoint-recursive" : "repoint";
        System.out.printf(Locale.ROOT, "%s-ms %.3f%n", name, milliseconds[SAMPLES / 2]);
        System.out.printf(Locale.ROOT, "%s-worst-ms %.3f%n", name, milliseconds[SAMPLES - 1]);
        bench.plane.close();
      }
    }
  }

  private static int hop(int link, int number) {
    return Ipv4Address.of("10.0." + link + ".0") + number;
  }

  private static NextHop via(int address) {
    return new NextHop.Via(IpAddress.ofIpv4(address), null);
  }

  private void load(List<String> lines, boolean recursive) {
    List<Route<Ipv4Prefix>> routes = new ArrayList<>();
    int far = Ipv4Address.of("10.9.0.0");
    for (int i = 0; recursive && i < HOPS; i++) {
      routes.add(
          new Route<>(
              new Ipv4Prefix(far + i, 32),
              RouteSource.STATIC,
              1,
              List.of(via(hop(1, 2 + i)), via(hop(2, 2 + i)))));
    }
    for (String line : lines) {
      String[] words = line.split(" ");
      int number = Integer.parseInt(words[1]) % HOPS;
      Ipv4Prefix prefix = Ipv4Prefix.of(words[0]);
      if (prefix.address() >>> 24 != 10) {
        List<NextHop> hops =
            recursive
                ? List.of(via(far + number))
                : List.of(via(hop(1, 2 + number)), via(hop(2, 2 + number)));
        routes.add(new Route<>(prefix, RouteSource.STATIC, 1, hops));
      }
    }
    rib.setStaticRoutes(routes);
    while (rib.settleSome(Integer.MAX_VALUE)) {
      // all of them
    }
  }

  // The link goes and comes; each loss is a sample.
  private double[] measure() {
    double[] milliseconds = new double[SAMPLES];
    for (int sample = -SAMPLES; sample < SAMPLES; sample++) {
      second.setLinkUp(false);
      long startNs = System.nanoTime();
      plane.checkLinks(1, (changed, up) -> rib.recompute());
      double taken = (System.nanoTime() - startNs) / 1e6;
      if (sample >= 0) {
        milliseconds[sample] = taken;
      }
      check(1);
      second.setLinkUp(true);
      plane.checkLinks(1, (changed, up) -> rib.recompute());
      check(2);
    }
    Arrays.sort(milliseconds);
    return milliseconds;
  }

  // Every route outside of the router's own networks has as many paths.
  private void check(int paths) {
    plane
        .fib()
        .forEach((prefix, group) -> {
          var members = plane.groups().members(group);
          boolean own = members.getFirst().adjacency().kind() != Adjacency.Kind.NEXT_HOP;
          if (!own && members.size() != paths) {
            throw new IllegalStateException(
                prefix + " has " + members.size() + " paths, not " + paths);
          }
        });
    if (rib.isUnsettled()) {
      throw new IllegalStateException("routes wait to be settled");
    }
  }
}
