package io.vireo.vr.control;

import io.vireo.drivers.Port;
import io.vireo.drivers.afpacket.AfPacketQueues;
import io.vireo.drivers.afpacket.RingGeometry;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.drivers.memif.MemifConfig;
import io.vireo.drivers.memif.MemifPort;
import io.vireo.records.control.vireovrcontrol.Abort;
import io.vireo.records.control.vireovrcontrol.Apply;
import io.vireo.records.control.vireovrcontrol.Get;
import io.vireo.records.control.vireovrcontrol.GivePort;
import io.vireo.records.control.vireovrcontrol.Hello;
import io.vireo.records.control.vireovrcontrol.LinkChange;
import io.vireo.records.control.vireovrcontrol.PortLink;
import io.vireo.records.control.vireovrcontrol.Prepare;
import io.vireo.records.control.vireovrcontrol.SetWorkers;
import io.vireo.records.control.vireovrcontrol.ShutDown;
import io.vireo.records.control.vireovrcontrol.TakePort;
import io.vireo.records.control.vireowire.ErrorTag;
import io.vireo.records.control.vireowire.Failure;
import io.vireo.records.router.vireotools.Ping;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.config.ConfigRefusal;
import io.vireo.vr.worker.WorkerSettings;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameChannel;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.frame.Preface;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One connection of the manager. Frames are read and requests done, in order, on the thread that
/// calls [#run]; only a ping has a thread of its own.
final class ControlSession {
  // 2: configurations have names, and patches of them are sent.
  private static final int PROTOCOL_VERSION = 2;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /// A configuration on its way in.
  private record Upload(int request, Prepare.Input announced, ByteArrayOutputStream bytes) {}

  /// Writes the output of an RPC as a frame's payload.
  private interface Message {
    void write(CborWriter out);
  }

  private final ControlServer server;
  private final ControlChannel channel;
  private final FrameChannel frames;
  private final Map<Integer, PingRun> pings = new ConcurrentHashMap<>();
  private @Nullable Upload upload;
  private volatile boolean greeted;

  ControlSession(ControlServer server, ControlChannel channel) throws IOException {
    this.server = server;
    this.channel = channel;
    this.frames = FrameChannel.open(channel, Preface.Protocol.VR_CONTROL);
  }

  /// Serves until the manager closes.
  void run() throws IOException {
    try {
      for (Frame frame; (frame = frames.receive()) != null; ) {
        onFrame(frame);
      }
    } finally {
      pings.values().forEach(PingRun::cancel);
      channel.discardUnclaimed();
    }
  }

  void close() {
    channel.close();
  }

  private void onFrame(Frame frame) throws IOException {
    int request = frame.requestId();
    switch (frame.type()) {
      case HELLO -> hello(frame);
      case RPC -> {
        if (greeted) {
          onRequest(frame, request);
        } else {
          fail(request, ErrorTag.OPERATION_FAILED, "RPC before HELLO; say hello first", null);
        }
      }
      case DATA -> onUploaded(frame, request);
      case FIN -> prepare(request);
      case PING -> send(FrameType.PONG, request, ByteBuffer.wrap(frame.payload()));
      case RESET -> {
        PingRun run = pings.get(request);
        if (run != null) {
          run.cancel();
        }
      }
      case REPLY, ERROR, NOTIFICATION, DATAGRAM, WINDOW, PONG -> {}
      case GOAWAY -> channel.close();
    }
  }

  private void hello(Frame frame) throws IOException {
    CborReader in = frame.reader();
    long sid = Envelope.open(in).sid();
    Hello.Input theirs = sid == Hello.SID ? Hello.Input.read(in) : null;
    if (theirs == null
        || theirs.protocolMinimum() > PROTOCOL_VERSION
        || theirs.protocolMaximum() < PROTOCOL_VERSION) {
      fail(
          frame.requestId(),
          ErrorTag.OPERATION_NOT_SUPPORTED,
          "this router speaks version " + PROTOCOL_VERSION + " of vr-control only",
          null);
      return;
    }
    String name = server.router().name();
    if (!theirs.virtualRouter().equals(name)) {
      String message =
          "this is virtual router '"
              + name
              + "', not '"
              + theirs.virtualRouter()
              + "'; connect to that one's socket";
      fail(frame.requestId(), ErrorTag.INVALID_VALUE, message, null);
      return;
    }
    if (!theirs.sidHash().equals(server.sidHash())) {
      server.onForeignSids(theirs.product(), theirs.sidHash());
    }
    List<String> ports = server.router().ports();
    Hello.Output ours =
        new Hello.Output(
            PROTOCOL_VERSION,
            PROTOCOL_VERSION,
            server.sidHash(),
            "vireo-vr",
            name,
            ProcessHandle.current().pid(),
            server.state().generation(),
            server.state().configId(),
            ports,
            ports.stream().map(port -> server.portTokens().getOrDefault(port, "")).toList());
    CborWriter out = new CborWriter();
    ours.writeMessage(out);
    send(FrameType.HELLO, frame.requestId(), out.toByteBuffer());
    greeted = true;
    try {
      VirtualRouter router = server.router();
      router.links().forEach((each, up) -> notifyLinkChange(each, up, router.linkReason(each)));
    } catch (IllegalStateException ending) {
      channel.close(); // the router ends, and the session with it
    }
  }

  /// Tells a manager that was greeted.
  void notifyLinkChange(String name, boolean up, @Nullable String reason) {
    if (!greeted) {
      return;
    }
    CborWriter out = new CborWriter();
    new LinkChange(name, up, reason).writeMessage(out);
    try {
      send(FrameType.NOTIFICATION, 0, out.toByteBuffer());
    } catch (IOException gone) {
      channel.close(); // the manager is away: its session ends
    }
  }

  private void onRequest(Frame frame, int request) throws IOException {
    try {
      CborReader in = frame.reader();
      dispatch(Envelope.open(in).sid(), in, request);
    } catch (IOException refused) {
      fail(request, ErrorTag.OPERATION_FAILED, refused.getMessage(), null);
    } catch (RuntimeException refused) {
      fail(request, ErrorTag.OPERATION_FAILED, refused.toString(), null);
    }
  }

  private void dispatch(long sid, CborReader in, int request) throws IOException {
    if (sid == Prepare.SID) {
      Upload superseded = upload;
      if (superseded != null) {
        String message = "another upload came before the end of this one; send them in turn";
        fail(superseded.request(), ErrorTag.OPERATION_FAILED, message, null);
      }
      upload = new Upload(request, Prepare.Input.read(in), new ByteArrayOutputStream());
    } else if (sid == Apply.SID) {
      long transaction = Apply.Input.read(in).transaction();
      if (server.state().apply(transaction)) {
        reply(request, null);
      } else {
        String message = "transaction " + transaction + " was not prepared here";
        fail(request, ErrorTag.DATA_MISSING, message, null);
      }
    } else if (sid == Abort.SID) {
      server.state().abort(Abort.Input.read(in).transaction());
      reply(request, null);
    } else if (sid == Get.SID) {
      get(Get.Input.read(in), request);
    } else if (sid == GivePort.SID) {
      givePort(GivePort.Input.read(in), request);
    } else if (sid == TakePort.SID) {
      String port = TakePort.Input.read(in).name();
      server.router().detachPort(port);
      server.portTokens().remove(port);
      reply(request, null);
    } else if (sid == PortLink.SID) {
      portLink(PortLink.Input.read(in), request);
    } else if (sid == SetWorkers.SID) {
      setWorkers(SetWorkers.Input.read(in), request);
    } else if (sid == Ping.SID) {
      ping(Ping.Input.read(in), request);
    } else if (sid == ShutDown.SID) {
      reply(request, null);
      server.requestShutDown();
    } else {
      fail(request, ErrorTag.OPERATION_NOT_SUPPORTED, "no RPC has the SID " + sid, null);
    }
  }

  private void onUploaded(Frame frame, int request) throws IOException {
    Upload current = upload;
    if (current == null || current.request() != request) {
      return;
    }
    if (current.bytes().size() + (long) frame.payload().length > current.announced().length()) {
      upload = null;
      String message = "more than the announced " + current.announced().length() + " bytes came";
      fail(request, ErrorTag.MALFORMED_MESSAGE, message, null);
      return;
    }
    current.bytes().write(frame.payload());
  }

  private void prepare(int request) throws IOException {
    Upload current = upload;
    if (current == null || current.request() != request) {
      return;
    }
    upload = null;
    try {
      Prepare.Input announced = current.announced();
      byte[] bytes = current.bytes().toByteArray();
      Bytes base = announced.baseId();
      List<String> warnings =
          base == null
              ? server.state().prepare(announced.transaction(), announced.configId(), bytes)
              : server
                  .state()
                  .preparePatch(announced.transaction(), announced.configId(), base, bytes);
      if (warnings == null) {
        fail(request, ErrorTag.DATA_MISSING, "another configuration is in force", null);
      } else {
        reply(request, new Prepare.Output(warnings)::writeMessage);
      }
    } catch (ConfigRefusal refused) {
      fail(request, ErrorTag.INVALID_VALUE, refused.getMessage(), refused.path());
    } catch (IOException malformed) {
      fail(request, ErrorTag.MALFORMED_MESSAGE, malformed.getMessage(), null);
    } catch (RuntimeException failed) {
      fail(request, ErrorTag.OPERATION_FAILED, failed.toString(), null);
    }
  }

  private void get(Get.Input wanted, int request) throws IOException {
    long pages =
        server
            .publisher()
            .publish(
                Set.copyOf(wanted.subtree()),
                page -> {
                  CborWriter out = new CborWriter();
                  page.write(out);
                  send(FrameType.DATA, request, out.toByteBuffer());
                });
    reply(request, new Get.Output(pages)::writeMessage);
  }

  private void givePort(GivePort.Input given, int request) throws IOException {
    GivePort.Input.Memif memif = given.memif();
    Port port = memif == null ? packetPort(given, request) : memifPort(given, memif);
    if (port != null) {
      try {
        server.router().attachPort(port);
      } catch (CompletionException refused) {
        port.close(); // nobody has it
        throw refused;
      }
      String token = given.token();
      server.portTokens().put(given.name(), token == null ? "" : token);
      reply(request, null);
    }
  }

  private @Nullable Port packetPort(GivePort.Input given, int request) throws IOException {
    int[] descriptors = channel.claimDescriptors(queues(given));
    if (!given.driver().endsWith("af-packet")) {
      for (int each : descriptors) {
        Descriptors.close(each);
      }
      String message =
          "this router has no driver " + given.driver() + "; use af-packet, memif or link";
      fail(request, ErrorTag.OPERATION_NOT_SUPPORTED, message, null);
      return null;
    }
    return AfPacketQueues.attach(given.name(), descriptors, RingGeometry.STANDARD);
  }

  private static int queues(GivePort.Input given) {
    return given.queues() == null ? 1 : given.queues();
  }

  private Port memifPort(GivePort.Input given, GivePort.Input.Memif memif) throws IOException {
    boolean connected = Boolean.TRUE.equals(memif.connected());
    String secret = memif.secret();
    String mac = given.macAddress().value().replace(":", "");
    MemifConfig config =
        new MemifConfig(
            given.name(),
            memif.server() ? MemifConfig.Role.SERVER : MemifConfig.Role.CLIENT,
            connected ? null : controlSocket(given.name(), memif.socket()),
            (int) memif.id(),
            secret == null ? "" : secret,
            Long.parseLong(mac, 16),
            given.mtu(),
            Integer.numberOfTrailingZeros(memif.ringSize()),
            queues(given));
    if (!connected) {
      return MemifPort.open(config);
    }
    UnixSocket conversation = UnixSocket.adopt(channel.claimDescriptors(1)[0]);
    try {
      return MemifPort.open(config, conversation);
    } catch (IOException | RuntimeException refused) {
      conversation.close();
      throw refused;
    }
  }

  private Path controlSocket(String port, @Nullable String path) {
    return path == null
        ? server.process().folder().resolve("memif-" + fileName(port) + ".sock")
        : Path.of(path);
  }

  /// An interface's name as part of a file's.
  private static String fileName(String interfaceName) {
    return interfaceName.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private void portLink(PortLink.Input told, int request) throws IOException {
    String reason = told.reason();
    String fault = told.up() ? null : reason == null ? "the host reports no link" : reason;
    if (server.router().portLink(told.name(), fault)) {
      reply(request, null);
    } else {
      fail(request, ErrorTag.DATA_MISSING, "no port " + told.name() + " is held here", null);
    }
  }

  private void setWorkers(SetWorkers.Input wanted, int request) throws IOException {
    server.router().setWorkers(new WorkerSettings(wanted.count(), wanted.cpu()));
    reply(request, null);
  }

  private void ping(Ping.Input input, int request) {
    PingRun run = new PingRun(server.router(), input);
    pings.put(request, run);
    Thread.ofVirtual().name("ping-" + request).start(() -> runPing(run, request));
  }

  private void runPing(PingRun run, int request) {
    try {
      Ping.Output last =
          run.run(output -> {
            CborWriter out = new CborWriter();
            output.writeMessage(out);
            send(FrameType.DATA, request, out.toByteBuffer());
          });
      reply(request, last::writeMessage);
    } catch (IOException | RuntimeException failed) {
      failQuietly(request, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      pings.remove(request);
    }
  }

  private void failQuietly(int request, Exception failed) {
    try {
      fail(request, ErrorTag.OPERATION_FAILED, failed.getMessage(), null);
    } catch (IOException gone) {
      channel.close(); // the manager is away: nobody is left to be told
    }
  }

  private void reply(int request, @Nullable Message output) throws IOException {
    if (output == null) {
      send(FrameType.REPLY, request, NOTHING.duplicate());
      return;
    }
    CborWriter out = new CborWriter();
    output.write(out);
    send(FrameType.REPLY, request, out.toByteBuffer());
  }

  private void fail(int request, ErrorTag tag, @Nullable String message, @Nullable String path)
      throws IOException {
    CborWriter out = new CborWriter();
    new Failure(tag, message, path, null).writeMessage(out);
    send(FrameType.ERROR, request, out.toByteBuffer());
  }

  private void send(FrameType type, int request, ByteBuffer payload) throws IOException {
    frames.send(type, request, request, payload);
  }
}
