package io.vireo.rsock.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.memory.MemoryPort;
import io.vireo.rsock.client.Datagram;
import io.vireo.rsock.client.Router;
import io.vireo.rsock.client.RsockDatagramSocket;
import io.vireo.rsock.client.RsockSettings;
import io.vireo.rsock.client.VireoSockets;
import io.vireo.rsock.server.access.AccessRule;
import io.vireo.rsock.server.access.AccessRules;
import io.vireo.rsock.server.access.AccessState;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.config.InterfaceConfig;
import io.vireo.vr.config.RouterConfig;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.socket.DatagramSocket;
import io.vireo.vr.wire.Ipv4Address;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Client, server and a real virtual router with its worker, on a port of memory.
class RsockRouterTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Router BLUE = Router.named("blue");
  private static final String OWN = "10.0.0.1";
  private static final long MAC = 0x02_00_00_00_00_01L;
  private static final int MTU = 1500;
  private static final AccessRules RULES =
      new AccessRules(
          List.of(
              new AccessRule(
                  "me", new AccessRule.Who.User(System.getProperty("user.name")), true, true)));

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<RsockEvent> events = new ConcurrentLinkedQueue<>();
  private VirtualRouter router;
  private VrSockets vrSockets;
  private RsockServer server;
  private VireoSockets sockets;

  @BeforeEach
  void start() throws Exception {
    router = VirtualRouter.start("blue", 1024, failures::add);
    router.attachPort(MemoryPort.wire("p1", MAC, "far", MAC + 1, MTU)[0]);
    InterfaceAddress own = new InterfaceAddress(Ipv4Address.of(OWN), 24);
    router.apply(
        RouterConfig.ofIpv4(
            List.of(InterfaceConfig.ofIpv4("p1", List.of(own), List.of())), List.of()));
    Path path = folder.resolve("vr/blue/rsock.sock");
    Files.createDirectories(path.getParent());
    vrSockets = new VrSockets("blue", router.sockets());
    server = RsockServer.start(path, vrSockets, () -> RULES, events::add, ServerLimits.DEFAULT);
    sockets = VireoSockets.open(new RsockSettings(folder, BLUE, null, "test"));
  }

  @AfterEach
  void stop() throws Exception {
    sockets.close();
    server.close();
    router.close();
    assertTrue(failures.isEmpty(), failures::toString);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Datagram datagram) {
    return StandardCharsets.UTF_8.decode(datagram.data()).toString();
  }

  @Test
  void twoPrograms_talkThroughTheRouter() throws Exception {
    try (RsockDatagramSocket serving = sockets.open(BLUE);
        RsockDatagramSocket asking = sockets.open(BLUE)) {
      serving.bind(at("0.0.0.0", 7));
      asking.connect(at(OWN, 7));
      asking.send(bytes("hello"), at(OWN, 7));
      Datagram question = Objects.requireNonNull(serving.receive(SOON));
      serving.send(bytes("answer"), question.from());

      assertEquals("hello", text(question));
      assertEquals("answer", text(Objects.requireNonNull(asking.receive(SOON))));
      assertEquals(question.from(), asking.localAddress());
    }
  }

  @Test
  void openSocket_isListedWithOwnerAndPid_closedOneIsNot() throws Exception {
    RsockDatagramSocket socket = sockets.open(BLUE);
    socket.bind(at(OWN, 4000));

    List<DatagramSocket> open = router.sockets().openSockets();

    assertEquals(1, open.size());
    assertEquals(System.getProperty("user.name"), open.getFirst().owner());
    assertEquals(ProcessHandle.current().pid(), open.getFirst().pid());
    assertEquals(
        ProcessHandle.current().pid(),
        Objects.requireNonNull(vrSockets.ownerOf(open.getFirst())).pid());
    assertEquals(1, AccessState.of(RULES, server.access()).rule().getFirst().matched());
    socket.close();
    assertTrue(router.sockets().openSockets().isEmpty());
    assertNull(vrSockets.ownerOf(open.getFirst()));
  }

  @Test
  void errors_areLinuxs() throws Exception {
    RsockDatagramSocket first = sockets.open(BLUE);
    first.bind(at(OWN, 4000));
    RsockDatagramSocket second = sockets.open(BLUE);

    assertErrno("EADDRINUSE", assertThrows(BindException.class, () -> second.bind(at(OWN, 4000))));
    assertErrno(
        "EADDRNOTAVAIL", assertThrows(BindException.class, () -> second.bind(at("10.9.9.9", 1))));
    assertErrno(
        "ENETUNREACH",
        assertThrows(SocketException.class, () -> second.connect(at("192.0.2.1", 1))));
    second.bind(at(OWN, 4001));
    second.send(ByteBuffer.allocate(60_000), at(OWN, 4000));
    assertErrno("EMSGSIZE", assertThrows(SocketException.class, () -> second.receive(SOON)));
    assertTrue(second.isOpen());
  }

  private static void assertErrno(String name, Exception failure) {
    assertTrue(String.valueOf(failure.getMessage()).contains(name), failure.toString());
  }

  @Test
  void manyDatagrams_slowReader_countsAddUp() throws Exception {
    RsockDatagramSocket slow = sockets.open(BLUE);
    slow.bind(at(OWN, 4000));
    RsockDatagramSocket quick = sockets.open(BLUE);
    quick.bind(at(OWN, 4001));
    for (int i = 0; i < 2000; i++) {
      quick.send(ByteBuffer.allocate(1000), at(OWN, 4000));
    }
    int got = 0;
    while (slow.receive(Duration.ofMillis(500)) != null) {
      got++;
    }
    DatagramSocket inside =
        router.sockets().openSockets().stream()
            .filter(s -> s.localEndpoint().port() == 4000)
            .findFirst()
            .orElseThrow();

    assertEquals(got, inside.statistics().received());
    assertTrue(got >= 256, "received " + got);
    assertTrue(got + inside.statistics().lost() <= 2000);
  }
}
