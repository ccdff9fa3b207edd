package io.vireo.vr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.drivers.memif.MemifConfig;
import io.vireo.drivers.memif.MemifPort;
import io.vireo.vr.config.InterfaceConfig;
import io.vireo.vr.config.InterfaceConfig.StaticNeighbour;
import io.vireo.vr.config.RouterConfig;
import io.vireo.vr.forward.DropReason;
import io.vireo.vr.forward.GraphNode;
import io.vireo.vr.forward.InterfaceCounters;
import io.vireo.vr.forward.Ipv6Settings;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.forward.SourceCheck;
import io.vireo.vr.forward.VlanTags;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.NetworkOrder;
import io.vireo.vr.wire.VlanTag;
import io.vireo.vr.worker.WorkerSettings;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A router that forwards with threads of their own, with ports over shared memory on three sides.
class WorkersTest {
  private static final int PORTS = 3;
  private static final int QUEUES = 3;
  private static final int BURST = 64;
  private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(20);
  private static final int ROUTED = Ipv4Address.of("198.51.100.9");

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final MemifPort[] hosts = new MemifPort[PORTS + 1];
  private final PacketVector vector = new PacketVector();
  private PacketPool pool;
  private VirtualRouter router;

  private static long hostMac(int port, int host) {
    return 0x0200_0000_1000L + port * 256 + host;
  }

  private static int address(int port, int host) {
    return Ipv4Address.of("10.0." + port + ".0") + host;
  }

  @BeforeEach
  void build() throws Exception {
    pool = PacketPool.create(4096);
    router = VirtualRouter.start("test", 2048, failure::set);
    for (int port = 1; port <= PORTS; port++) {
      UnixSocket[] ends = UnixSocket.pair(UnixSocket.Type.SEQPACKET);
      hosts[port] = MemifPort.open(config("h" + port, MemifConfig.Role.CLIENT, 1), ends[0]);
      router.attachPort(
          MemifPort.open(config("m" + port, MemifConfig.Role.SERVER, 0x101 + port), ends[1]));
    }
    router.apply(
        RouterConfig.ofIpv4(
            plain(), List.of(route("198.51.100.0/24", 2, 2), route("203.0.113.0/24", 2, 2))));
    awaitLinks();
  }

  private static List<InterfaceConfig> plain() {
    List<InterfaceConfig> interfaces = new ArrayList<>();
    for (int port = 1; port <= PORTS; port++) {
      List<StaticNeighbour> neighbours = new ArrayList<>();
      for (int host = 2; host <= 9; host++) {
        neighbours.add(
            new StaticNeighbour(IpAddress.ofIpv4(address(port, host)), hostMac(port, host)));
      }
      interfaces.add(
          InterfaceConfig.ofIpv4(
              "m" + port, List.of(new InterfaceAddress(address(port, 1), 24)), neighbours));
    }
    return interfaces;
  }

  private static MemifConfig config(String name, MemifConfig.Role role, int mac) {
    return new MemifConfig(name, role, null, 0, "", 0x0200_0000_0000L + mac, 1500, 10, QUEUES);
  }

  private static Route<Ipv4Prefix> route(String prefix, int port, int host) {
    return Route.of(
        Ipv4Prefix.of(prefix),
        RouteSource.STATIC,
        new NextHop.Via(IpAddress.ofIpv4(address(port, host)), null));
  }

  private void awaitLinks() throws InterruptedException {
    long untilNs = System.nanoTime() + WAIT_NS;
    while (router.links().containsValue(false) || router.links().size() < PORTS) {
      assertTrue(System.nanoTime() < untilNs, "links are not up");
      Thread.sleep(1);
    }
  }

  @AfterEach
  void close() {
    router.close();
    for (int port = 1; port <= PORTS; port++) {
      hosts[port].close();
    }
    assertEquals(pool.capacity(), pool.available());
    pool.close();
    assertEquals(null, failure.get());
  }

  private void add(int port, int destination, int ttl, int protocol, int sequence) {
    long frame = pool.allocate(60);
    MemorySegment memory = pool.memory();
    EthernetHeader.write(
        memory, frame, 0x0200_0000_0101L + port, hostMac(port, 2), EthernetHeader.TYPE_IPV4);
    Ipv4Header.write(memory, frame + 14, 46, 1, 0, ttl, protocol, address(port, 2), destination);
    for (int at = 34; at < 60; at += 2) {
      NetworkOrder.put16(memory, frame + at, 0);
    }
    if (protocol == Ipv4Header.PROTOCOL_ICMP) {
      IcmpMessage.write(memory, frame + 34, IcmpMessage.ECHO, 0, 7, sequence, 26);
    } else {
      NetworkOrder.put32(memory, frame + 34, sequence << 16 | 9);
      NetworkOrder.put16(memory, frame + 38, 26);
      NetworkOrder.put32(memory, frame + 44, sequence);
    }
    vector.push(frame, 60);
  }

  private interface Check {
    void accept(long frame, int length);
  }

  /// Receives until so many frames came.
  private void receive(int port, int wanted, Check check) {
    receive(port, wanted, this::isIpv4Unicast, check);
  }

  private void receive(int port, int wanted, LongPredicate which, Check check) {
    PacketVector got = new PacketVector();
    long untilNs = System.nanoTime() + WAIT_NS;
    int count = 0;
    while (count < wanted) {
      assertTrue(System.nanoTime() < untilNs, count + " of " + wanted + " frames came");
      hosts[port].receive(got, pool, port);
      for (int i = 0; i < got.size(); i++) {
        count += which.test(got.offset(i)) ? 1 : 0;
        if (which.test(got.offset(i))) {
          check.accept(got.offset(i), got.length(i));
        }
      }
      pool.freeAll(got);
    }
    assertEquals(wanted, count);
  }

  // Not what the router says of its groups.
  private boolean isIpv4Unicast(long frame) {
    return EthernetHeader.type(pool.memory(), frame) == EthernetHeader.TYPE_IPV4
        && !EthernetHeader.isGroup(EthernetHeader.destination(pool.memory(), frame));
  }

  private void assertForwarded(int rounds) {
    MemorySegment memory = pool.memory();
    for (int round = 0; round < rounds; round++) {
      int first = round * BURST;
      for (int i = 0; i < BURST; i++) {
        add(1, ROUTED, 64, Ipv4Header.PROTOCOL_UDP, first + i);
      }
      hosts[1].transmit(vector, pool);
      int[] next = {first};
      receive(
          2,
          BURST,
          (frame, length) -> {
            assertEquals(60, length);
            assertEquals(hostMac(2, 2), EthernetHeader.destination(memory, frame));
            assertEquals(63, Ipv4Header.ttl(memory, frame + 14));
            assertTrue(Ipv4Header.checksumIsGood(memory, frame + 14, 20));
            assertEquals(next[0]++, NetworkOrder.get32(memory, frame + 44));
          });
    }
  }

  private InterfaceCounters totals(String name) {
    return router
        .worker()
        .call(() -> Objects.requireNonNull(router.dataPlane().interfaces().lookup(name)).totals());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void anyNumberOfWorkers_forwardsInOrder_andLeavesTheRestToTheDataPlane(int workers)
      throws Exception {
    router.setWorkers(new WorkerSettings(workers, List.of()));
    awaitLinks();
    assertForwarded(200);
    // What needs thought: an expired TTL, an address of the router's.
    add(1, ROUTED, 1, Ipv4Header.PROTOCOL_UDP, 1);
    hosts[1].transmit(vector, pool);
    MemorySegment memory = pool.memory();
    receive(
        1,
        1,
        (frame, length) ->
            assertEquals(IcmpMessage.TIME_EXCEEDED, IcmpMessage.type(memory, frame + 34)));
    add(1, address(2, 1), 64, Ipv4Header.PROTOCOL_ICMP, 1);
    hosts[1].transmit(vector, pool);
    receive(
        1,
        1,
        (frame, length) ->
            assertEquals(IcmpMessage.ECHO_REPLY, IcmpMessage.type(memory, frame + 34)));

    assertEquals(200 * BURST + 2, totals("m1").inUnicastPkts);
    assertEquals(60 * (200 * BURST + 2), totals("m1").inOctets);
    assertEquals(200 * BURST, totals("m2").outUnicastPkts);
    if (workers > 0) {
      long left =
          router
              .worker()
              .call(() ->
                  Objects.requireNonNull(router.dataPlane().interfaces().lookup("m1"))
                      .counters()
                      .inUnicastPkts);
      assertTrue(left >= 2 && left < 20 * BURST, left + " frames were left to the data plane");
    }
    long looked =
        router.worker().call(() -> router.dataPlane().statistics().packets(GraphNode.IPV4_LOOKUP));
    assertTrue(looked >= 200 * BURST, looked + " packets");
  }

  /// A queue's frames stay in order; each worker takes from and sends by queues of its own.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void severalQueues_areSpreadOverTheWorkers(int workers) throws Exception {
    router.setWorkers(new WorkerSettings(workers, List.of()));
    awaitLinks();
    MemorySegment memory = pool.memory();
    int[] next = new int[QUEUES];
    for (int round = 0; round < 100; round++) {
      for (int queue = 0; queue < QUEUES; queue++) {
        for (int i = 0; i < BURST; i++) {
          add(1, ROUTED, 64 + queue, Ipv4Header.PROTOCOL_UDP, round * BURST + i);
        }
        hosts[1].queue(queue).transmit(vector, pool);
      }
      receive(
          2,
          QUEUES * BURST,
          (frame, length) -> {
            int queue = Ipv4Header.ttl(memory, frame + 14) - 63;
            assertEquals(next[queue]++, NetworkOrder.get32(memory, frame + 44));
          });
    }
    assertEquals(100 * QUEUES * BURST, totals("m2").outUnicastPkts);
    int used = 0;
    for (int queue = 0; queue < QUEUES; queue++) {
      used += hosts[2].queue(queue).statistics().receivedFrames > BURST ? 1 : 0;
    }
    assertEquals(Math.clamp(workers, 1, QUEUES), used);
  }

  /// One tag in, two out: on the fast path, with the counters of both sub-interfaces and ports.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void subInterfaces_areForwardedByTheWorkers(int workers) throws Exception {
    router.setWorkers(new WorkerSettings(workers, List.of()));
    List<InterfaceConfig> interfaces = new ArrayList<>(plain());
    interfaces.add(tagged("m1.100", "m1", new VlanTags(VlanTag.TYPE_C_VLAN, 100, 0), 11));
    interfaces.add(tagged("m2.200", "m2", new VlanTags(VlanTag.TYPE_S_VLAN, 200, 7), 12));
    router.apply(RouterConfig.ofIpv4(interfaces, List.of(route("198.51.100.0/24", 12, 2))));
    MemorySegment memory = pool.memory();
    int[] next = {0};
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < BURST; i++) {
        addTagged(round * BURST + i);
      }
      hosts[1].transmit(vector, pool);
      receive(
          2,
          BURST,
          frame -> !EthernetHeader.isGroup(EthernetHeader.destination(memory, frame)),
          (frame, length) -> {
            assertEquals(60 + 8, length);
            assertEquals(hostMac(12, 2), EthernetHeader.destination(memory, frame));
            assertEquals(200, VlanTag.id(memory, frame));
            assertEquals(VlanTag.TYPE_C_VLAN, EthernetHeader.type(memory, frame + 4));
            assertEquals(7, VlanTag.id(memory, frame + 4));
            assertEquals(EthernetHeader.TYPE_IPV4, EthernetHeader.type(memory, frame + 8));
            assertEquals(63, Ipv4Header.ttl(memory, frame + 22));
            assertEquals(next[0]++, NetworkOrder.get32(memory, frame + 52));
          });
    }
    int sent = 100 * BURST;
    assertEquals(sent, totals("m1.100").inUnicastPkts);
    assertEquals(60L * sent, totals("m1.100").inOctets);
    assertEquals(sent, totals("m1").inUnicastPkts);
    assertEquals(64L * sent, totals("m1").inOctets);
    assertEquals(sent, totals("m2.200").outUnicastPkts);
    assertEquals(sent, totals("m2").outUnicastPkts);
    long byDataPlane =
        router
            .worker()
            .call(() ->
                Objects.requireNonNull(router.dataPlane().interfaces().lookup("m1.100"))
                    .counters()
                    .inUnicastPkts);
    assertTrue(workers == 0 || byDataPlane < 20 * BURST, byDataPlane + " frames were left");
    // They go, and the workers know.
    router.apply(RouterConfig.ofIpv4(plain(), List.of(route("198.51.100.0/24", 2, 2))));
    assertForwarded(5);
    addTagged(0);
    hosts[1].transmit(vector, pool);
    awaitDrop(DropReason.VLAN_UNKNOWN);
  }

  private void awaitDrop(DropReason reason) throws InterruptedException {
    long untilNs = System.nanoTime() + WAIT_NS;
    while (router.worker().call(() -> router.dataPlane().drops().count(reason)) == 0) {
      assertTrue(System.nanoTime() < untilNs, "no drop as " + reason);
      Thread.sleep(1);
    }
  }

  private static InterfaceConfig tagged(String name, String parent, VlanTags tags, int net) {
    return new InterfaceConfig(
        name,
        false,
        new InterfaceConfig.Vlan(parent, tags),
        true,
        true,
        SourceCheck.NONE,
        true,
        List.of(new InterfaceAddress(address(net, 1), 24)),
        List.of(new StaticNeighbour(IpAddress.ofIpv4(address(net, 2)), hostMac(net, 2))),
        Ipv6Settings.OFF,
        List.of());
  }

  private void addTagged(int sequence) {
    add(1, ROUTED, 64, Ipv4Header.PROTOCOL_UDP, sequence);
    int last = vector.size() - 1;
    long frame = vector.offset(last);
    VlanTag.insert(pool.memory(), frame, VlanTag.TYPE_C_VLAN, 100);
    vector.place(last, frame - VlanTag.BYTES, 64);
  }

  @Test
  void workersChange_portsGoOver_andWhatWasCountedStays() throws Exception {
    int sent = 0;
    for (int workers : new int[] {2, 0, 1, 3, 1, 0, 2}) {
      router.setWorkers(new WorkerSettings(workers, List.of()));
      awaitLinks();
      assertForwarded(20);
      sent += 20 * BURST;
      assertEquals(sent, totals("m1").inUnicastPkts, workers + " workers");
      assertEquals(sent, totals("m2").outUnicastPkts, workers + " workers");
    }
  }

  @Test
  void pinned_runsThere_aProcessorThatIsNotThere_isRefused() throws Exception {
    router.setWorkers(new WorkerSettings(1, List.of(0, 0)));
    assertForwarded(10);
    LinuxException refused =
        assertThrows(
            LinuxException.class,
            () -> router.setWorkers(new WorkerSettings(1, List.of(0, 1_000))));
    assertTrue(String.valueOf(refused.getMessage()).contains("1000"), refused.getMessage());
    assertForwarded(10);
  }

  /// Tables change under the readers' feet: each packet follows one of the routes that there are.
  @Test
  void routesChange_everyPacketFollowsOldOrNew() throws Exception {
    router.setWorkers(new WorkerSettings(2, List.of()));
    awaitLinks();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread changing =
        Thread.ofPlatform()
            .start(() -> {
              Random random = new Random(1);
              try {
                while (!stop.get()) {
                  List<Route<Ipv4Prefix>> come = new ArrayList<>();
                  come.add(route("203.0.113.0/24", 2, 2 + random.nextInt(8)));
                  for (int i = 0; i < 50; i++) {
                    int low = random.nextInt(256);
                    come.add(route("203.0.114." + low + "/32", 2, 2 + random.nextInt(8)));
                  }
                  Ipv4Prefix gone = Ipv4Prefix.of("203.0.114." + random.nextInt(256) + "/32");
                  come.removeIf(each -> each.prefix().equals(gone));
                  Map<Ipv4Prefix, Route<Ipv4Prefix>> last = new HashMap<>();
                  come.forEach(each -> last.put(each.prefix(), each));
                  router
                      .worker()
                      .call(() -> {
                        router.rib().changeStaticRoutes(Set.of(gone), List.copyOf(last.values()));
                        return true;
                      });
                }
              } catch (RuntimeException failed) {
                thrown.set(failed);
              }
            });
    MemorySegment memory = pool.memory();
    int changed = Ipv4Address.of("203.0.113.7");
    for (int round = 0; round < 1_000; round++) {
      for (int i = 0; i < BURST; i++) {
        add(1, i % 2 == 0 ? ROUTED : changed, 64, Ipv4Header.PROTOCOL_UDP, i);
      }
      hosts[1].transmit(vector, pool);
      receive(
          2,
          BURST,
          (frame, length) -> {
            long mac = EthernetHeader.destination(memory, frame);
            boolean stays = Ipv4Header.destination(memory, frame + 14) == ROUTED;
            assertTrue(
                mac >= hostMac(2, 2) && mac <= (stays ? hostMac(2, 2) : hostMac(2, 9)),
                () -> Long.toHexString(mac));
          });
    }
    stop.set(true);
    changing.join();
    assertEquals(null, thrown.get());
  }
}
