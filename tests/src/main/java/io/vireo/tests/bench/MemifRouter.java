package io.vireo.tests.bench;

import io.vireo.drivers.memif.MemifConfig;
import io.vireo.drivers.memif.MemifPort;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.config.InterfaceConfig;
import io.vireo.vr.config.RouterConfig;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A virtual router alone, without a manager, with two memif ports as servers and as many routes as
/// a file has: more than the management of today takes in a reasonable time.
public final class MemifRouter {
  private static final int BUFFERS = 8192;
  private static final long MAC = 0x0200_0000_0100L;
  private static final long NEIGHBOUR_MAC = 0x0200_0000_0202L;
  private static final int NEXT_HOPS = 200;

  private MemifRouter() {}

  /// @param arguments the sockets of ids 0 and 1, and a file of routes or `default` for one. Prints
  ///   `ready`, and ends with its standard input.
  public static void main(String[] arguments) throws IOException {
    VirtualRouter router =
        VirtualRouter.start(
            "bench",
            BUFFERS,
            mistake -> {
              mistake.printStackTrace();
              Runtime.getRuntime().halt(1);
            });
    for (int i = 0; i < 2; i++) {
      Path socket = Path.of(arguments[i]);
      MemifConfig.Role role = MemifConfig.Role.SERVER;
      router.attachPort(
          MemifPort.open(new MemifConfig("m" + i, role, socket, i, "", MAC + i, 1500, 10, 1)));
    }
    List<InterfaceConfig.StaticNeighbour> neighbours = new ArrayList<>();
    for (int i = 2; i < 2 + NEXT_HOPS; i++) {
      neighbours.add(new InterfaceConfig.StaticNeighbour(IpAddress.ofIpv4(hop(i)), NEIGHBOUR_MAC));
    }
    // A mistake in this thread must end the program, too: the router's go on.
    Thread.currentThread()
        .setUncaughtExceptionHandler((thread, mistake) -> {
          mistake.printStackTrace();
          Runtime.getRuntime().halt(1);
        });
    router.apply(
        RouterConfig.ofIpv4(
            List.of(port("m0", "10.0.0.1", List.of()), port("m1", "10.0.1.1", neighbours)),
            routes(arguments[2])));
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // until whoever started this is done
    }
    router.close();
  }

  private static int hop(int number) {
    return Ipv4Address.of("10.0.1.0") + number;
  }

  private static InterfaceConfig port(
      String name, String address, List<InterfaceConfig.StaticNeighbour> neighbours) {
    InterfaceAddress own = new InterfaceAddress(Ipv4Address.of(address), 24);
    return InterfaceConfig.ofIpv4(name, List.of(own), neighbours);
  }

  private static List<Route<Ipv4Prefix>> routes(String source) throws IOException {
    List<Route<Ipv4Prefix>> routes = new ArrayList<>();
    routes.add(route(Ipv4Prefix.of("0.0.0.0/0"), 2));
    if (!source.equals("default")) {
      for (String line : Files.readAllLines(Path.of(source))) {
        String[] words = line.split(" ");
        Ipv4Prefix prefix = Ipv4Prefix.of(words[0]);
        if (prefix.address() >>> 24 != 10) { // the router's own networks
          routes.add(route(prefix, 2 + Integer.parseInt(words[1]) % NEXT_HOPS));
        }
      }
    }
    return routes;
  }

  private static Route<Ipv4Prefix> route(Ipv4Prefix prefix, int hop) {
    return Route.of(prefix, RouteSource.STATIC, new NextHop.Via(IpAddress.ofIpv4(hop(hop)), "m1"));
  }
}
