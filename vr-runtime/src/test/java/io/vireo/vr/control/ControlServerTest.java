package io.vireo.vr.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.records.control.vireovrcontrol.Apply;
import io.vireo.records.control.vireovrcontrol.Get;
import io.vireo.records.control.vireovrcontrol.Hello;
import io.vireo.records.control.vireovrcontrol.Prepare;
import io.vireo.records.control.vireowire.ErrorTag;
import io.vireo.records.control.vireowire.Failure;
import io.vireo.records.router.RouterRoot;
import io.vireo.records.router.ianaiftype.IanaIfTypeIdentity;
import io.vireo.records.router.ietfinettypes.Ipv4AddressNoZone;
import io.vireo.records.router.ietfinterfaces.Interfaces;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv4;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.OperStatus;
import io.vireo.records.router.vireotools.Ping;
import io.vireo.vr.VirtualRouter;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameChannel;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.frame.Preface;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlServerTest {
  private static final Bytes SID_HASH = Bytes.wrap(new byte[32]);

  @TempDir private Path folder;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private VirtualRouter router;
  private ControlServer server;
  private FrameChannel manager;

  @BeforeEach
  void connect() throws Exception {
    router = VirtualRouter.start("blue", 512, failure::set);
    Path path = folder.resolve("control");
    server =
        ControlServer.start(
            router, path, Descriptors.currentUid(), SID_HASH, applied -> {}, () -> {});
    UnixSocket socket = UnixSocket.connect(path, UnixSocket.Type.STREAM);
    manager = FrameChannel.open(new ControlChannel(socket), Preface.Protocol.VR_CONTROL);
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
    send(FrameType.HELLO, 0, new Hello.Input(1, 1, SID_HASH, "test", "blue")::writeMessage);
    Frame answer = receive();
    assertEquals(FrameType.HELLO, answer.type());
    Hello.Output theirs = Hello.Output.read(contents(answer));
    assertEquals("blue", theirs.virtualRouter());
    assertEquals(0L, theirs.generation());
  }

  @Test
  void prepared_apply_isInForceAndShownByGet() throws Exception {
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
    assertEquals(4, pages);
  }

  @Test
  void subnetAddress_prepare_isRefusedWithPath() throws Exception {
    Frame refused = prepare(1, loopback("192.0.2.0", 24));
    assertEquals(FrameType.ERROR, refused.type());
    Failure failure = Failure.read(contents(refused));
    assertEquals(ErrorTag.INVALID_VALUE, failure.tag());
    assertTrue(String.valueOf(failure.path()).contains("address[ip='192.0.2.0']"));
  }

  @Test
  void unprepared_apply_isRefused() throws Exception {
    send(FrameType.RPC, 1, new Apply.Input(99)::writeMessage);
    assertEquals(FrameType.ERROR, receive().type());
  }

  @Test
  void ownAddress_ping_streamsAnswersThenSummary() throws Exception {
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
            .ipv4(new Ipv4(true, true, List.of(own), List.of()))
            .build();
    return new RouterRoot(new Interfaces(List.of(lo0)), null, null, null, null, null);
  }

  private Frame prepare(long transaction, RouterRoot config) throws Exception {
    CborWriter out = new CborWriter();
    config.write(out);
    byte[] bytes = out.toByteArray();
    send(FrameType.RPC, 3, new Prepare.Input(transaction, bytes.length)::writeMessage);
    manager.send(FrameType.DATA, 3, 3, ByteBuffer.wrap(bytes));
    manager.send(FrameType.FIN, 3, 3, ByteBuffer.allocate(0));
    return receive();
  }

  private void send(FrameType type, int request, Consumer<CborWriter> message) throws Exception {
    CborWriter out = new CborWriter();
    message.accept(out);
    manager.send(type, request, request, out.toByteBuffer());
  }

  private Frame receive() throws Exception {
    Frame frame = manager.receive();
    assertNotNull(frame);
    return frame;
  }

  private static CborReader contents(Frame frame) throws Exception {
    CborReader in = frame.reader();
    in.startMap();
    assertTrue(in.more());
    in.readUnsigned();
    return in;
  }
}
