package io.vireo.rsock.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.rsock.client.Datagram;
import io.vireo.rsock.client.RebindingDatagramSocket;
import io.vireo.rsock.client.Router;
import io.vireo.rsock.client.RsockDatagramSocket;
import io.vireo.rsock.client.RsockSettings;
import io.vireo.rsock.client.VireoSockets;
import io.vireo.rsock.server.access.AccessRule;
import io.vireo.rsock.server.access.AccessRules;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client against the server over a unix socket.
class RsockServerTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Router BLUE = Router.named("blue");
  private static final String USER = System.getProperty("user.name");

  @TempDir Path folder;

  private final LoopbackRouter router = new LoopbackRouter();
  private final LinkedBlockingQueue<RsockEvent> events = new LinkedBlockingQueue<>();
  private volatile AccessRules rules =
      new AccessRules(List.of(new AccessRule("me", new AccessRule.Who.User(USER), true, false)));
  private @Nullable RsockServer server;
  private @Nullable VireoSockets sockets;

  private Path socketPath() {
    return folder.resolve("vr/blue/rsock.sock");
  }

  private RsockServer startServer(ServerLimits limits) throws IOException {
    Files.createDirectories(socketPath().getParent());
    RsockServer started = RsockServer.start(socketPath(), router, () -> rules, events::add, limits);
    server = started;
    return started;
  }

  private VireoSockets client(@Nullable Path rulesFile) throws IOException {
    VireoSockets opened =
        VireoSockets.open(new RsockSettings(folder, Router.KERNEL, rulesFile, "test"));
    sockets = opened;
    return opened;
  }

  @BeforeEach
  void start() throws IOException {
    startServer(ServerLimits.DEFAULT);
  }

  @AfterEach
  void stop() throws IOException {
    if (sockets != null) {
      sockets.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static InetSocketAddress any(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), port);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(@Nullable Datagram datagram) {
    return StandardCharsets.UTF_8.decode(Objects.requireNonNull(datagram).data()).toString();
  }

  private <T extends RsockEvent> T await(Class<T> type) throws InterruptedException {
    while (true) {
      RsockEvent event = Objects.requireNonNull(events.poll(20, TimeUnit.SECONDS), type.getName());
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
  }

  @Test
  void twoSockets_sendAndAnswer() throws IOException {
    VireoSockets here = client(null);
    RsockDatagramSocket serving = here.open(BLUE);
    serving.bind(any(4000));
    RsockDatagramSocket asking = here.open(BLUE);

    asking.send(bytes("hello"), LoopbackRouter.at(4000));
    Datagram question = Objects.requireNonNull(serving.receive(SOON));
    serving.send(bytes("answer"), question.from());
    Datagram answer = asking.receive(SOON);

    assertEquals("hello", text(question));
    assertEquals("answer", text(answer));
    assertEquals(BLUE, Objects.requireNonNull(answer).via());
    assertEquals(LoopbackRouter.at(4000), answer.from());
    assertEquals(any(4000), serving.localAddress());
    assertEquals(
        question.from().getPort(), Objects.requireNonNull(asking.localAddress()).getPort());
  }

  @Test
  void emptyDatagram_keepsItsMeaning() throws IOException {
    VireoSockets here = client(null);
    RsockDatagramSocket socket = here.open(BLUE);
    socket.bind(any(4000));

    socket.send(bytes(""), LoopbackRouter.at(4000));

    assertEquals("", text(socket.receive(SOON)));
    assertNull(socket.receive(SHORT));
  }

  @Test
  void kernelSocket_sameInterface() throws IOException {
    VireoSockets here = client(null);
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (RsockDatagramSocket a = here.open(Router.KERNEL);
        RsockDatagramSocket b = here.open(Router.KERNEL)) {
      a.bind(new InetSocketAddress(loopback, 0));
      b.send(bytes("x"), Objects.requireNonNull(a.localAddress()));

      assertEquals(Router.KERNEL, Objects.requireNonNull(a.receive(SOON)).via());
      assertNull(a.receive(SHORT));
    }
  }

  @Test
  void errors_areJavaNets() throws IOException {
    VireoSockets here = client(null);
    RsockDatagramSocket first = here.open(BLUE);
    first.bind(any(4000));
    RsockDatagramSocket second = here.open(BLUE);

    BindException inUse = assertThrows(BindException.class, () -> second.bind(any(4000)));
    assertTrue(String.valueOf(inUse.getMessage()).contains("EADDRINUSE"), inUse.getMessage());
    BindException low = assertThrows(BindException.class, () -> second.bind(any(7)));
    assertTrue(String.valueOf(low.getMessage()).contains("EACCES"), low.getMessage());
    second.send(bytes("x"), LoopbackRouter.at(9));
    assertThrows(PortUnreachableException.class, () -> second.receive(SOON));
    assertTrue(second.isOpen());
  }

  @Test
  void userWithoutRule_isRefusedCountedAndAudited() throws Exception {
    rules = AccessRules.NONE;
    VireoSockets here = client(null);

    SocketException refused = assertThrows(SocketException.class, () -> here.open(BLUE));

    assertTrue(String.valueOf(refused.getMessage()).contains("EACCES"), refused.getMessage());
    assertEquals(USER, await(RsockEvent.Refused.class).peer().user());
    assertEquals(1, Objects.requireNonNull(server).access().refused());
  }

  @Test
  void connectedPeer_isThisProcess() throws Exception {
    client(null).open(BLUE);

    assertEquals(ProcessHandle.current().pid(), await(RsockEvent.Connected.class).peer().pid());
  }

  @Test
  void noRouter_openFails_programGoesOn() throws IOException {
    VireoSockets here = client(null);

    SocketException away =
        assertThrows(SocketException.class, () -> here.open(Router.named("red")));

    assertTrue(String.valueOf(away.getMessage()).contains("vr:red"), away.getMessage());
    here.open(BLUE);
  }

  @Test
  void programCloses_itsSocketsAreClosed() throws Exception {
    VireoSockets here = client(null);
    here.open(BLUE).bind(any(4000));
    here.open(BLUE);
    assertEquals(2, router.open.get());

    here.close();

    assertEquals(2, await(RsockEvent.Ended.class).closedSockets());
    assertEquals(0, router.open.get());
    assertTrue(router.byPort.isEmpty());
  }

  @Test
  void routerDies_socketIsReset_lastingOneComesBack() throws Exception {
    VireoSockets here = client(null);
    RsockDatagramSocket mortal = here.open(BLUE);
    mortal.bind(any(4000));
    RebindingDatagramSocket lasting = here.openLasting(BLUE);
    lasting.bind(any(4001));
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> assertThrows(SocketException.class, () -> lasting.receive(SOON)));

    Objects.requireNonNull(server).close();
    SocketException reset = assertThrows(SocketException.class, () -> mortal.receive(SOON));
    waiting.get(20, TimeUnit.SECONDS);
    assertTrue(String.valueOf(reset.getMessage()).contains("ECONNRESET"), reset.getMessage());
    assertFalse(mortal.isOpen());
    assertThrows(SocketException.class, () -> lasting.receive(SHORT));

    await(RsockEvent.Ended.class);
    startServer(ServerLimits.DEFAULT);
    assertNull(lasting.receive(SHORT));
    lasting.send(bytes("again"), LoopbackRouter.at(4001));
    assertEquals("again", text(lasting.receive(SOON)));
  }

  @Test
  void slowReader_boundsWhatTheRouterHolds_othersGoOn() throws Exception {
    VireoSockets here = client(null);
    RsockDatagramSocket slow = here.open(BLUE);
    slow.bind(any(4000));
    RsockDatagramSocket quick = here.open(BLUE);
    quick.bind(any(4001));
    ByteBuffer large = ByteBuffer.allocate(8000);
    for (int i = 0; i < 1000; i++) {
      quick.send(large.duplicate(), LoopbackRouter.at(4000));
    }
    quick.send(bytes("quick"), LoopbackRouter.at(4001));

    assertEquals("quick", text(quick.receive(SOON)));
    LoopbackRouter.Socket held = router.socketAt(4000);
    assertTrue(held.queued() <= LoopbackRouter.QUEUE_DATAGRAMS);
    assertTrue(held.dropped > 500, "dropped " + held.dropped);
    int received = 0;
    while (slow.receive(Duration.ofMillis(500)) != null) {
      received++;
    }
    assertEquals(1000, received + held.dropped);
  }

  @Test
  void changedRule_movesSocket_waitingReceiverGoesAlong() throws Exception {
    Path file = Files.writeString(folder.resolve("rules"), "default -> kernel\n");
    VireoSockets here = client(file);
    RebindingDatagramSocket moving = here.openByRules();
    LinkedBlockingQueue<String> moves = new LinkedBlockingQueue<>();
    moving.onMove((from, to) -> moves.add(from + " " + to));
    int port = freeKernelPort();
    moving.bind(any(port));
    assertEquals(Router.KERNEL, moving.router());
    CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> text(receive(moving)));

    Files.writeString(file, "port " + port + " -> vr:blue\ndefault -> kernel\n");

    assertEquals("kernel vr:blue", moves.poll(20, TimeUnit.SECONDS));
    RsockDatagramSocket asking = here.open(BLUE);
    asking.send(bytes("moved"), LoopbackRouter.at(port));
    assertEquals("moved", waiting.get(20, TimeUnit.SECONDS));

    Files.writeString(file, "default -> kernel\n");
    assertEquals("vr:blue kernel", moves.poll(20, TimeUnit.SECONDS));
    assertFalse(router.byPort.containsKey(port));
    moving.close();
  }

  private static @Nullable Datagram receive(RsockDatagramSocket socket) {
    try {
      return socket.receive(SOON);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int freeKernelPort() throws IOException {
    try (java.net.DatagramSocket probe = new java.net.DatagramSocket(0)) {
      return probe.getLocalPort();
    }
  }

  @Test
  void interruptedThread_closesNothing() throws Exception {
    VireoSockets here = client(null);
    RsockDatagramSocket socket = here.open(BLUE);
    socket.bind(any(4000));

    Thread.currentThread().interrupt();
    socket.send(bytes("x"), LoopbackRouter.at(4000));
    assertTrue(Thread.interrupted());

    assertEquals("x", text(socket.receive(SOON)));
  }

  @Test
  void silentConnection_endsAfterHelloTimeout() throws Exception {
    Objects.requireNonNull(server).close();
    startServer(new ServerLimits(4, 4, 4, 4096, 100));
    try (SocketChannel raw = connectRaw()) {
      raw.write(ByteBuffer.wrap(new byte[] {'V'}));

      assertEquals("no HELLO within 100 ms", await(RsockEvent.Ended.class).reason());
    }
  }

  @Test
  void tooManyConnections_nextIsTurnedAway() throws Exception {
    Objects.requireNonNull(server).close();
    startServer(new ServerLimits(1, 1, 4, 4096, 5000));
    RsockDatagramSocket first = client(null).open(BLUE);
    try (SocketChannel raw = connectRaw()) {
      assertTrue(await(RsockEvent.Refused.class).what().contains("too many"));
      assertEquals(-1, raw.read(ByteBuffer.allocate(64)));
    }
    assertTrue(first.isOpen());
  }

  @Test
  void garbage_endsOnlyThatConnection_withReason() throws Exception {
    VireoSockets here = client(null);
    RsockDatagramSocket good = here.open(BLUE);
    good.bind(any(4000));
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] garbage = new byte[1 + random.nextInt(400)];
      random.nextBytes(garbage);
      byte[] preface = {'V', 'I', 'R', 'E', 'O', 'S', 1, 0};
      try (SocketChannel raw = connectRaw()) {
        raw.write(ByteBuffer.wrap(preface));
        raw.write(ByteBuffer.wrap(garbage));
        raw.shutdownOutput();
        assertNotNull(await(RsockEvent.Ended.class).reason(), "seed " + seed);
      }
    }

    good.send(bytes("still here"), LoopbackRouter.at(4000));
    assertEquals("still here", text(good.receive(SOON)));
  }

  @Test
  void served_secondServer_isRefused() {
    IOException refused = assertThrows(IOException.class, () -> startServer(ServerLimits.DEFAULT));

    assertTrue(
        String.valueOf(refused.getMessage()).contains(socketPath().toString()),
        refused.getMessage());
  }

  private SocketChannel connectRaw() throws IOException {
    SocketChannel raw = SocketChannel.open(StandardProtocolFamily.UNIX);
    raw.connect(UnixDomainSocketAddress.of(socketPath()));
    return raw;
  }
}
