package io.vireo.rsock.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.records.control.vireorsock.Bind;
import io.vireo.records.control.vireorsock.Capability;
import io.vireo.records.control.vireorsock.Close;
import io.vireo.records.control.vireorsock.Hello;
import io.vireo.records.control.vireorsock.Open;
import io.vireo.records.control.vireowire.Failure;
import io.vireo.rsock.server.access.AccessControl;
import io.vireo.rsock.server.access.AccessRule;
import io.vireo.rsock.server.access.AccessRules;
import io.vireo.rsock.server.access.Peer;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameException;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.rsock.DatagramHeader;
import io.vireo.wire.rsock.RsockLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClientSessionTest {
  private static final Peer PEER = new Peer("alice", 1000, Set.of("alice"), 77);
  private static final ServerLimits LIMITS = new ServerLimits(4, 4, 3, 4096, 1000);

  private final LoopbackRouter router = new LoopbackRouter();
  private final List<Frame> sent = new ArrayList<>();
  private final ReadyStreams ready = new ReadyStreams();
  private AccessRules rules =
      new AccessRules(List.of(new AccessRule("a", new AccessRule.Who.User("alice"), true, false)));
  private final ClientSession session =
      new ClientSession(
          PEER, new AccessControl(() -> rules, event -> {}), router, LIMITS, this::record, ready);

  private void record(FrameType type, int stream, int request, ByteBuffer payload) {
    byte[] octets = new byte[payload.remaining()];
    payload.get(octets);
    sent.add(new Frame(type, 0, stream, request, octets));
  }

  private static Frame frame(FrameType type, int stream, int request, byte[] payload) {
    return new Frame(type, 0, stream, request, payload);
  }

  private static Frame hello() {
    CborWriter out = Envelope.start(Hello.SID);
    HELLO.write(out);
    return frame(FrameType.HELLO, 0, 0, out.toByteArray());
  }

  private static final Hello.Input HELLO = TestHello.version(1, 1);

  private static Frame open(int request) {
    CborWriter out = Envelope.start(Open.SID);
    new Open.Input(Open.Input.Domain.INET, Open.Input.Type.DATAGRAM).write(out);
    return frame(FrameType.RPC, 0, request, out.toByteArray());
  }

  private static Frame bind(int request, int handle, int port) {
    CborWriter out = Envelope.start(Bind.SID);
    new Bind.Input(handle, null, port).write(out);
    return frame(FrameType.RPC, 0, request, out.toByteArray());
  }

  private static Frame datagram(int handle, int port, String text) {
    ByteBuffer data = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    byte[] payload = DatagramHeader.payload(LoopbackRouter.at(port), data);
    return frame(FrameType.DATAGRAM, handle, 0, payload);
  }

  private void drain() throws IOException {
    SocketStream stream = ready.takeAll();
    while (stream != null) {
      SocketStream next = ReadyStreams.following(stream);
      session.deliver(stream);
      stream = next;
    }
  }

  private Frame last() {
    return sent.getLast();
  }

  private int lastErrno() throws IOException {
    assertEquals(FrameType.ERROR, last().type());
    CborReader in = last().reader();
    Envelope.open(in, Failure.SID);
    Integer errno = Failure.read(in).errno();
    return errno == null ? 0 : errno;
  }

  @Test
  void newConnection_rpcBeforeHello_isOutOfOrder() {
    FrameException refused = assertThrows(FrameException.class, () -> session.onFrame(open(1)));

    assertEquals(FrameException.Reason.OUT_OF_ORDER, refused.reason());
  }

  @Test
  void greeted_secondHello_isOutOfOrder() throws Exception {
    session.onFrame(hello());

    assertThrows(FrameException.class, () -> session.onFrame(hello()));
  }

  @Test
  void newConnection_foreignVersion_isRefused() {
    CborWriter out = Envelope.start(Hello.SID);
    TestHello.version(2, 3).write(out);

    FrameException refused =
        assertThrows(
            FrameException.class,
            () -> session.onFrame(frame(FrameType.HELLO, 0, 0, out.toByteArray())));

    assertEquals(FrameException.Reason.UNSUPPORTED_VERSION, refused.reason());
  }

  @Test
  void twoSockets_datagramWithinCredit_isDelivered() throws Exception {
    session.onFrame(hello());
    session.onFrame(open(1));
    session.onFrame(open(2));
    session.onFrame(bind(3, 1, 4000));
    session.onFrame(frame(FrameType.WINDOW, 1, 0, RsockLimits.window(1000).array()));
    session.onFrame(datagram(2, 4000, "hello"));
    drain();

    assertEquals(FrameType.DATAGRAM, last().type());
    assertEquals(1, last().streamId());
    assertEquals(DatagramHeader.LENGTH + 5, last().payload().length);
  }

  @Test
  void noCredit_datagramsWaitInBoundedQueue_restIsDropped() throws Exception {
    session.onFrame(hello());
    session.onFrame(open(1));
    session.onFrame(bind(2, 1, 4000));
    LoopbackRouter.Socket socket = router.socketAt(4000);
    for (int i = 0; i < 2 * LoopbackRouter.QUEUE_DATAGRAMS; i++) {
      socket.arrive(DatagramHeader.payload(LoopbackRouter.at(5), ByteBuffer.allocate(100)));
      drain();
    }

    assertTrue(sent.stream().noneMatch(f -> f.type() == FrameType.DATAGRAM));
    assertEquals(LoopbackRouter.QUEUE_DATAGRAMS, socket.queued());
    // One waits in the stream.
    assertEquals(LoopbackRouter.QUEUE_DATAGRAMS - 1, socket.dropped);

    session.onFrame(frame(FrameType.WINDOW, 1, 0, RsockLimits.window(360).array()));
    drain();

    assertEquals(3, sent.stream().filter(f -> f.type() == FrameType.DATAGRAM).count());
  }

  @Test
  void sender_beyondWindow_endsConnection() throws Exception {
    session.onFrame(hello());
    session.onFrame(open(1));

    FrameException refused =
        assertThrows(FrameException.class, () -> session.onFrame(datagram(1, 9, "x".repeat(5000))));

    assertEquals(FrameException.Reason.BEYOND_WINDOW, refused.reason());
  }

  @Test
  void sender_usedHalfTheWindow_getsItBack() throws Exception {
    session.onFrame(hello());
    session.onFrame(open(1));
    session.onFrame(bind(2, 1, 4000));

    session.onFrame(datagram(1, 4000, "x".repeat(2100)));

    assertEquals(FrameType.WINDOW, last().type());
    assertEquals(2120, RsockLimits.addWindow(0, last().payload()));
  }

  @Test
  void boundPort_bindOfAnother_isAddressInUse() throws Exception {
    session.onFrame(hello());
    session.onFrame(open(1));
    session.onFrame(open(2));
    session.onFrame(bind(3, 1, 4000));
    session.onFrame(bind(4, 2, 4000));

    assertEquals(SocketRefusal.EADDRINUSE, lastErrno());
    assertEquals(4, last().requestId());
  }

  @Test
  void lowPort_withoutPermission_isAccessDenied() throws Exception {
    session.onFrame(hello());
    session.onFrame(open(1));
    session.onFrame(bind(2, 1, 53));

    assertEquals(SocketRefusal.EACCES, lastErrno());
  }

  @Test
  void rulesWithdrawn_nextOpen_isAccessDenied() throws Exception {
    session.onFrame(hello());
    rules = AccessRules.NONE;

    session.onFrame(open(1));

    assertEquals(SocketRefusal.EACCES, lastErrno());
  }

  @Test
  void limitReached_open_isTooMany_closeMakesRoom() throws Exception {
    session.onFrame(hello());
    for (int i = 1; i <= LIMITS.socketsPerConnection() + 1; i++) {
      session.onFrame(open(i));
    }
    assertEquals(SocketRefusal.EMFILE, lastErrno());

    CborWriter close = Envelope.start(Close.SID);
    new Close.Input(1).write(close);
    session.onFrame(frame(FrameType.RPC, 0, 9, close.toByteArray()));
    session.onFrame(open(10));

    assertEquals(FrameType.REPLY, last().type());
    assertEquals(LIMITS.socketsPerConnection(), router.open.get());
  }

  @Test
  void unknownRpc_isRefused_connectionGoesOn() throws Exception {
    session.onFrame(hello());
    CborWriter out = Envelope.start(99_999);
    out.startMap(0);

    session.onFrame(frame(FrameType.RPC, 0, 1, out.toByteArray()));

    assertEquals(SocketRefusal.EOPNOTSUPP, lastErrno());
  }

  @Test
  void icmpError_reachesProgram_once() throws Exception {
    session.onFrame(hello());
    session.onFrame(open(1));
    session.onFrame(bind(2, 1, 4000));
    router.socketAt(4000).fail(new SocketRefusal(111, "port unreachable"));
    drain();

    assertEquals(111, lastErrno());
    assertEquals(1, last().streamId());
    int before = sent.size();
    drain();
    assertEquals(before, sent.size());
  }

  @Test
  void ping_isAnswered() throws Exception {
    session.onFrame(hello());
    session.onFrame(frame(FrameType.PING, 0, 5, new byte[] {1, 2}));

    assertEquals(frame(FrameType.PONG, 0, 5, new byte[] {1, 2}), last());
  }

  @TestFactory
  Stream<DynamicTest> hostileFrames_endOnlyTheConnection() {
    return IntStream.range(0, 200)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> hostile(seed)));
  }

  /// Random frames, some of them valid, some of those broken: nothing but an IOException or a
  /// refusal may come out, and no socket may be left.
  private static void hostile(long seed) {
    ClientSessionTest test = new ClientSessionTest();
    SplittableRandom random = new SplittableRandom(seed);
    try {
      if (random.nextInt(8) > 0) {
        test.session.onFrame(hello());
      }
      for (int i = 0; i < 500; i++) {
        test.session.onFrame(randomFrame(random));
        test.drain();
        assertTrue(test.router.open.get() <= LIMITS.socketsPerConnection());
      }
    } catch (IOException | SocketRefusal expected) {
      // The connection ends, with a reason.
      assertTrue(expected.getMessage() != null);
    }
    test.session.close();
    assertEquals(0, test.router.open.get());
  }

  private static Frame randomFrame(SplittableRandom random) {
    Frame valid =
        switch (random.nextInt(6)) {
          case 0 -> open(1 + random.nextInt(9));
          case 1 -> bind(1 + random.nextInt(9), random.nextInt(5), random.nextInt(65536));
          case 2 -> datagram(random.nextInt(4), 1 + random.nextInt(65535), "x");
          case 3 ->
              frame(
                  FrameType.WINDOW,
                  random.nextInt(4),
                  0,
                  RsockLimits.window(1 + random.nextInt(500)).array());
          case 4 -> frame(FrameType.PING, 0, 1, new byte[random.nextInt(64)]);
          default -> frame(FrameType.RESET, random.nextInt(5), 0, new byte[0]);
        };
    if (random.nextInt(40) > 0) {
      return valid;
    }
    byte[] broken = valid.payload().clone();
    for (int i = 0; i < broken.length; i++) {
      if (random.nextInt(4) == 0) {
        broken[i] = (byte) random.nextInt(256);
      }
    }
    FrameType[] types = FrameType.values();
    FrameType type = random.nextBoolean() ? valid.type() : types[random.nextInt(types.length)];
    return frame(type, random.nextInt(4), random.nextInt(3), broken);
  }

  /// Hello records.
  private static final class TestHello {
    static Hello.Input version(int minimum, int maximum) {
      return new Hello.Input(minimum, maximum, Bytes.wrap(new byte[32]), "test", new Capability(0));
    }
  }
}
