package io.vireo.vr.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.drivers.memory.MemoryPort;
import io.vireo.records.control.vireovrcontrol.Apply;
import io.vireo.records.control.vireovrcontrol.Get;
import io.vireo.records.control.vireovrcontrol.Hello;
import io.vireo.records.control.vireovrcontrol.LinkChange;
import io.vireo.records.control.vireovrcontrol.PortLink;
import io.vireo.records.control.vireovrcontrol.Prepare;
import io.vireo.records.control.vireowire.ErrorTag;
import io.vireo.records.control.vireowire.Failure;
import io.vireo.records.router.RouterRoot;
import io.vireo.records.router.ianaiftype.IanaIfTypeIdentity;
import io.vireo.records.router.ietfinettypes.Ipv4AddressNoZone;
import io.vireo.records.router.ietfinterfaces.Interfaces;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv4;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.OperStatus;
import io.vireo.records.router.vireosockets.Sockets;
import io.vireo.records.router.vireosockets.Sockets.Access.Rule;
import io.vireo.records.router.vireotools.Ping;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.config.InterfaceConfig;
import io.vireo.vr.config.RouterConfig;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.socket.Endpoint;
import io.vireo.vr.socket.IcmpEchoSocket;
import io.vireo.vr.socket.UdpSocket;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborType;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameChannel;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.frame.Preface;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway") // what is not there where it should be fails the test all the same
class ControlServerTest {
  private static final Bytes SID_HASH = Bytes.wrap(new byte[32]);

  private @Nullable LinkChange lastChange;
  @TempDir private Path folder;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private VirtualRouter router;
  private ControlServer server;
  private final Queue<LinkChange> changes = new ArrayDeque<>();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private FrameChannel manager;

  @BeforeEach
  void connect() throws Exception {
    router = VirtualRouter.start("blue", 512, failure::set);
    Path path = folder.resolve("control");
    server = ControlServer.start(router, path, Descriptors.currentUid(), SID_HASH, new Process());
    UnixSocket socket = UnixSocket.connect(path, UnixSocket.Type.STREAM);
    manager = FrameChannel.open(new ControlChannel(socket), Preface.Protocol.VR_CONTROL);
  }

  /// A process that serves one access rule and remembers what it was told.
  private final class Process implements RouterProcess {
    @Override
    public Path folder() {
      return folder;
    }

    @Override
    public void onApplied(RouterRoot config) {}

    @Override
    public Sockets.Access socketAccess() {
      Rule rule = new Rule("ops", new Rule.WhoChoice.User("ann"), Rule.Action.PERMIT, false, 4L);
      return new Sockets.Access(List.of(rule), 3L);
    }

    @Override
    public void log(String line) {
      logged.add(line);
    }

    @Override
    public void shutDown() {}
  }

  private void greet() throws Exception {
    send(FrameType.HELLO, 0, new Hello.Input(2, 2, SID_HASH, "test", "blue")::writeMessage);
    assertEquals(FrameType.HELLO, receive().type());
  }

  @AfterEach
  void close() throws Exception {
    manager.close();
    server.close();
    router.close();
    assertEquals(null, failure.get());
  }

  @Test
  void connected_hello_namesRouterAndGeneration() throws Exception {
    send(FrameType.HELLO, 0, new Hello.Input(2, 2, SID_HASH, "test", "blue")::writeMessage);
    Frame answer = receive();
    assertEquals(FrameType.HELLO, answer.type());
    Hello.Output theirs = Hello.Output.read(contents(answer));
    assertEquals("blue", theirs.virtualRouter());
    assertEquals(0L, theirs.generation());
  }

  @Test
  void otherRoutersName_hello_isRefusedAndSoAreRpcs() throws Exception {
    send(FrameType.HELLO, 0, new Hello.Input(2, 2, SID_HASH, "test", "red")::writeMessage);
    Failure refused = Failure.read(contents(receive()));
    assertTrue(String.valueOf(refused.message()).contains("'blue', not 'red'"), refused.message());
    send(FrameType.RPC, 1, new Get.Input(List.of())::writeMessage);
    assertEquals(FrameType.ERROR, receive().type());
  }

  @Test
  void otherSidHash_hellos_areAnsweredAndLoggedOnce() throws Exception {
    byte[] other = new byte[32];
    other[0] = 1;
    for (int i = 0; i < 2; i++) {
      var hello = new Hello.Input(2, 2, Bytes.wrap(other), "test", "blue");
      send(FrameType.HELLO, 0, hello::writeMessage);
      assertEquals(FrameType.HELLO, receive().type());
    }
    assertEquals(1, logged.size());
  }

  @Test
  void heldPort_linkGoes_isToldWithItsReasonShown() throws Exception {
    greet();
    MemoryPort[] wire = MemoryPort.wire("p1", 0x0200_0000_0001L, "far", 0x0200_0000_0002L, 1500);
    router.attachPort(wire[0]);
    assertLinkChange("p1", true);
    router
        .worker()
        .call(() -> {
          wire[0].setLinkUp(false);
          return true;
        });
    send(FrameType.RPC, 4, new PortLink.Input("p1", false, "device eth7 is gone")::writeMessage);
    assertEquals(FrameType.REPLY, receive().type());
    assertLinkChange("p1", false);
    Interfaces.Interface shown =
        get("ietf-interfaces:interfaces").getFirst().interfaces().interface_().getFirst();
    assertEquals("device eth7 is gone", shown.reason());
    assertEquals(OperStatus.DOWN, shown.operStatus());
    router
        .worker()
        .call(() -> {
          wire[0].setLinkUp(true);
          return true;
        });
    assertLinkChange("p1", true);
    send(FrameType.RPC, 5, new PortLink.Input("p9", true, null)::writeMessage);
    assertEquals(FrameType.ERROR, receive().type());
  }

  private void assertLinkChange(String name, boolean up) throws Exception {
    LinkChange change;
    do { // who is greeted is told of all links, and may hear twice
      while (changes.isEmpty()) {
        Frame told = Objects.requireNonNull(manager.receive());
        assertEquals(FrameType.NOTIFICATION, told.type());
        changes.add(LinkChange.read(contents(told)));
      }
      change = changes.remove();
    } while (change.equals(lastChange));
    lastChange = change;
    assertEquals(new LinkChange(name, up, change.reason()), change);
  }

  @Test
  void openSockets_get_showsUnboundOnesQueuesAndAccess() throws Exception {
    greet();
    prepare(7, loopback("192.0.2.1", 32));
    send(FrameType.RPC, 8, new Apply.Input(7)::writeMessage);
    assertEquals(FrameType.REPLY, receive().type());
    try (UdpSocket bound = router.sockets().openUdp();
        UdpSocket sender = router.sockets().openUdp();
        IcmpEchoSocket echo = router.sockets().openEcho()) {
      CountDownLatch arrived = new CountDownLatch(2);
      bound.setListener(arrived::countDown);
      bound.bind(Endpoint.of("192.0.2.1", 7000));
      for (int i = 0; i < 2; i++) {
        sender.send(ByteBuffer.allocate(101), Endpoint.of("192.0.2.1", 7000));
      }
      assertTrue(arrived.await(5, TimeUnit.SECONDS));
      UdpSocket fresh = router.sockets().openUdp();
      List<RouterRoot> pages = get("vireo-sockets:sockets");
      Sockets.Access access = pages.getFirst().sockets().access();
      assertEquals(3L, access.refused());
      assertEquals(4L, access.rule().getFirst().matched());
      List<Sockets.Socket> open =
          pages.stream().flatMap(page -> page.sockets().socket().stream()).toList();
      assertEquals(
          List.of(bound.id(), sender.id(), echo.id(), fresh.id()),
          open.stream().map(Sockets.Socket::id).toList());
      assertEquals(202L, open.getFirst().receiveQueue());
      assertEquals(2L, open.get(1).outDatagrams());
      assertEquals(Sockets.Socket.Protocol.ICMP, open.get(2).protocol());
      assertEquals(null, open.get(3).localPort());
      fresh.close();
    }
  }

  @Test
  void fiftyThousandRoutes_get_comesInPagesBelowTheFrameLimit() throws Exception {
    greet();
    MemoryPort[] wire = MemoryPort.wire("p1", 0x0200_0000_0001L, "far", 0x0200_0000_0002L, 1500);
    router.attachPort(wire[0]);
    int own = Ipv4Address.of("192.0.2.1");
    List<Route<Ipv4Prefix>> routes = new ArrayList<>();
    List<NextHop> hops = new ArrayList<>();
    for (int i = 2; i < 18; i++) {
      hops.add(new NextHop.Via(IpAddress.ofIpv4(own - 1 + i), null));
    }
    for (int i = 0; i < 50_000; i++) {
      Ipv4Prefix prefix = new Ipv4Prefix(Ipv4Address.of("10.0.0.0") + (i << 8), 24);
      NextHop[] via = i < 1_000 ? hops.toArray(NextHop[]::new) : new NextHop[] {hops.getFirst()};
      routes.add(Route.of(prefix, RouteSource.STATIC, via));
    }
    List<InterfaceConfig.StaticNeighbour> neighbours = new ArrayList<>();
    for (int i = 2; i < 4_000; i++) {
      neighbours.add(
          new InterfaceConfig.StaticNeighbour(
              IpAddress.ofIpv4(own - 1 + i), 0x0200_0001_0000L + i));
    }
    List<InterfaceAddress> addresses = new ArrayList<>(List.of(new InterfaceAddress(own, 16)));
    router.apply(
        RouterConfig.ofIpv4(List.of(InterfaceConfig.ofIpv4("p1", addresses, neighbours)), routes));
    assertLinkChange("p1", true);

    List<RouterRoot> fib = get("vireo-forwarding:forwarding");
    assertEquals(50_003L, fib.getFirst().forwarding().fib().ipv4().routeCount());
    assertTrue(fib.getFirst().forwarding().fib().ipv4().memory() > 50_000 * 4);
    var shown =
        fib.stream().flatMap(page -> page.forwarding().fib().ipv4().route().stream()).toList();
    assertEquals(50_003, shown.size());
    assertEquals(
        50_003, new HashSet<>(shown.stream().map(r -> r.prefix().value()).toList()).size());
    var path = shown.get(5).path().get(1);
    assertEquals("192.0.2.3", String.valueOf(path.nextHopAddress()));
    assertEquals("02:00:00:01:00:03", String.valueOf(path.linkLayerAddress()));
    assertEquals(
        50_002,
        get("ietf-routing:routing").stream()
            .mapToInt(page -> page.routing().ribs().rib().getFirst().routes().route().size())
            .sum());
    List<RouterRoot> interfaces = get("ietf-interfaces:interfaces");
    assertTrue(interfaces.size() > 1);
    assertEquals(
        3_998,
        interfaces.stream()
            .flatMap(page -> page.interfaces().interface_().stream())
            .mapToInt(each -> each.ipv4().neighbor().size())
            .sum());
  }

  /// Reads a subtree; every page must be well below what a frame carries.
  private List<RouterRoot> get(String subtree) throws Exception {
    send(FrameType.RPC, 99, new Get.Input(List.of(subtree))::writeMessage);
    List<RouterRoot> pages = new ArrayList<>();
    for (Frame next = receive(); next.type() != FrameType.REPLY; next = receive()) {
      assertEquals(FrameType.DATA, next.type());
      assertTrue(next.payload().length < 1 << 19, next.payload().length + " bytes");
      pages.add(RouterRoot.read(next.reader()));
    }
    return pages;
  }

  @Test
  void prepared_apply_isInForceAndShownByGet() throws Exception {
    greet();
    assertEquals(FrameType.REPLY, prepare(7, loopback("192.0.2.1", 32)).type());
    send(FrameType.RPC, 8, new Apply.Input(7)::writeMessage);
    assertEquals(FrameType.REPLY, receive().type());
    send(FrameType.RPC, 9, new Get.Input(List.of("ietf-interfaces:interfaces"))::writeMessage);
    Frame page = receive();
    assertEquals(FrameType.DATA, page.type());
    Interfaces interfaces = RouterRoot.read(page.reader()).interfaces();
    assertNotNull(interfaces);
    assertEquals(OperStatus.UP, interfaces.interface_().getFirst().operStatus());
    assertEquals(FrameType.REPLY, receive().type());
    send(FrameType.RPC, 10, new Get.Input(List.of())::writeMessage);
    int pages = 0;
    Frame next = receive();
    for (; next.type() == FrameType.DATA; next = receive()) {
      RouterRoot.read(next.reader());
      pages++;
    }
    assertEquals((long) pages, Get.Output.read(contents(next)).pages());
    assertEquals(6, pages);
  }

  @Test
  void subnetAddress_prepare_isRefusedWithPath() throws Exception {
    greet();
    Frame refused = prepare(1, loopback("192.0.2.0", 24));
    assertEquals(FrameType.ERROR, refused.type());
    Failure failure = Failure.read(contents(refused));
    assertEquals(ErrorTag.INVALID_VALUE, failure.tag());
    assertTrue(String.valueOf(failure.path()).contains("address[ip='192.0.2.0']"));
  }

  // [[[60603, 1, [7, "lo0"], 1], "text"]]: the description of lo0
  private static byte[] describe(String text) {
    CborWriter patch = new CborWriter();
    patch.startArray(1);
    patch.startArray(2);
    patch.startArray(4);
    patch.writeLong(Interfaces.SID);
    patch.writeLong(Interfaces.Interface.SID - Interfaces.SID);
    CborWriter entry = new CborWriter();
    Interfaces.Interface.builder().name("lo0").description(text).build().write(entry);
    patch.startArray(2);
    long[] deltas = deltas(entry.toByteArray());
    patch.writeLong(deltas[0]);
    patch.writeText("lo0");
    patch.writeLong(deltas[1]);
    patch.writeText(text);
    return patch.toByteArray();
  }

  // The deltas of name and description, by what they hold.
  private static long[] deltas(byte[] entry) {
    long[] found = new long[2];
    try {
      CborReader in = new CborReader(entry);
      in.startMap();
      while (in.more()) {
        long delta = in.readLong();
        found[in.peek() == CborType.TEXT && in.readText().equals("lo0") ? 0 : 1] = delta;
      }
      return found;
    } catch (CborException mistake) {
      throw new IllegalStateException(mistake);
    }
  }

  @Test
  void patch_ofTheConfigurationInForce_isPreparedAndApplied() throws Exception {
    greet();
    assertEquals(FrameType.REPLY, prepare(1, loopback("192.0.2.1", 32)).type());
    apply(1);

    assertEquals(FrameType.REPLY, prepare(2, id(1), describe("text")).type());
    apply(2);
    assertEquals(FrameType.REPLY, prepare(3, id(2), describe("more")).type());
    apply(3);
  }

  @Test
  void patch_ofAnotherConfiguration_isDataMissing() throws Exception {
    greet();
    Frame nothing = prepare(1, id(0), describe("text"));
    assertEquals(ErrorTag.DATA_MISSING, Failure.read(contents(nothing)).tag());
    assertEquals(FrameType.REPLY, prepare(1, loopback("192.0.2.1", 32)).type());
    apply(1);

    Frame other = prepare(3, id(2), describe("text"));

    assertEquals(FrameType.ERROR, other.type());
    assertEquals(ErrorTag.DATA_MISSING, Failure.read(contents(other)).tag());
  }

  @Test
  void unfinishedUpload_anotherPrepare_isAnsweredWithAnError() throws Exception {
    greet();
    send(FrameType.RPC, 2, new Prepare.Input(6, 100, id(6), null)::writeMessage);
    send(FrameType.RPC, 3, new Prepare.Input(7, 1, id(7), null)::writeMessage);
    Frame refused = receive();
    assertEquals(FrameType.ERROR, refused.type());
    assertEquals(2, refused.requestId());
    manager.send(FrameType.FIN, 2, 2, ByteBuffer.allocate(0));
    manager.send(FrameType.DATA, 3, 3, ByteBuffer.wrap(new byte[] {(byte) 0xa0}));
    manager.send(FrameType.FIN, 3, 3, ByteBuffer.allocate(0));
    Frame prepared = receive();
    assertEquals(FrameType.REPLY, prepared.type());
    assertEquals(3, prepared.requestId());
  }

  @Test
  void unprepared_apply_isRefused() throws Exception {
    greet();
    send(FrameType.RPC, 1, new Apply.Input(99)::writeMessage);
    assertEquals(FrameType.ERROR, receive().type());
  }

  @Test
  void ownAddress_ping_streamsAnswersThenSummary() throws Exception {
    greet();
    prepare(7, loopback("192.0.2.1", 32));
    send(FrameType.RPC, 8, new Apply.Input(7)::writeMessage);
    receive();
    send(FrameType.RPC, 9, ping("192.0.2.1", 3, 10)::writeMessage);
    for (long sequence = 1; sequence <= 3; sequence++) {
      Ping.Output.Answer answer = Ping.Output.read(contents(receive())).answer().getFirst();
      assertEquals(sequence, answer.sequence());
      assertEquals(Ping.Output.Answer.Result.REPLY, answer.result());
    }
    Frame last = receive();
    assertEquals(FrameType.REPLY, last.type());
    Ping.Output.Summary summary = Ping.Output.read(contents(last)).summary();
    assertNotNull(summary);
    assertEquals(3L, summary.received());
  }

  @Test
  void longPing_reset_endsEarly() throws Exception {
    greet();
    send(FrameType.RPC, 9, ping("198.51.100.1", 1000, 60_000)::writeMessage);
    Frame first = receive();
    assertEquals(
        Ping.Output.Answer.Result.NOT_SENT,
        Ping.Output.read(contents(first)).answer().getFirst().result());
    manager.send(FrameType.RESET, 9, 9, ByteBuffer.allocate(0));
    assertEquals(FrameType.REPLY, receive().type());
  }

  private static Ping.Input ping(String destination, long count, long intervalMs) {
    return Ping.Input.builder()
        .destination(new Ipv4AddressNoZone(destination))
        .count(count)
        .interval(intervalMs)
        .build();
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private static RouterRoot loopback(String address, int length) {
    Ipv4.Address own =
        new Ipv4.Address(
            new Ipv4AddressNoZone(address),
            new Ipv4.Address.SubnetChoice.PrefixLength(length),
            null);
    Interfaces.Interface lo0 =
        Interfaces.Interface.builder()
            .name("lo0")
            .type(IanaIfTypeIdentity.SOFTWARE_LOOPBACK)
            .ipv4(new Ipv4(true, true, List.of(own), List.of(), null, null))
            .build();
    return new RouterRoot(new Interfaces(List.of(lo0)), null, null, null, null, null, null);
  }

  private Frame prepare(long transaction, RouterRoot config) throws Exception {
    CborWriter out = new CborWriter();
    config.write(out);
    return prepare(transaction, null, out.toByteArray());
  }

  private Frame prepare(long transaction, @Nullable Bytes base, byte[] bytes) throws Exception {
    Prepare.Input input = new Prepare.Input(transaction, bytes.length, id(transaction), base);
    send(FrameType.RPC, 3, input::writeMessage);
    manager.send(FrameType.DATA, 3, 3, ByteBuffer.wrap(bytes));
    manager.send(FrameType.FIN, 3, 3, ByteBuffer.allocate(0));
    return receive();
  }

  private void apply(long transaction) throws Exception {
    send(FrameType.RPC, 8, new Apply.Input(transaction)::writeMessage);
    assertEquals(FrameType.REPLY, receive().type());
  }

  private static Bytes id(long transaction) {
    byte[] id = new byte[32];
    id[0] = (byte) transaction;
    return Bytes.wrap(id);
  }

  private void send(FrameType type, int request, Consumer<CborWriter> message) throws Exception {
    CborWriter out = new CborWriter();
    message.accept(out);
    manager.send(type, request, request, out.toByteBuffer());
  }

  /// The next frame but notifications, which [#assertLinkChange] sees.
  private Frame receive() throws Exception {
    while (true) {
      Frame frame = Objects.requireNonNull(manager.receive());
      if (frame.type() != FrameType.NOTIFICATION) {
        return frame;
      }
      changes.add(LinkChange.read(contents(frame)));
    }
  }

  private static CborReader contents(Frame frame) throws Exception {
    CborReader in = frame.reader();
    in.startMap();
    assertTrue(in.more());
    in.readUnsigned();
    return in;
  }
}
