package io.vireo.manager.fleet;

import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.manager.wire.Conversation;
import io.vireo.manager.wire.Greeting;
import io.vireo.manager.wire.PeerError;
import io.vireo.records.control.ietfyangtypes.MacAddress;
import io.vireo.records.control.vireovrcontrol.Abort;
import io.vireo.records.control.vireovrcontrol.Apply;
import io.vireo.records.control.vireovrcontrol.Get;
import io.vireo.records.control.vireovrcontrol.GivePort;
import io.vireo.records.control.vireovrcontrol.Hello;
import io.vireo.records.control.vireovrcontrol.LinkChange;
import io.vireo.records.control.vireovrcontrol.PortLink;
import io.vireo.records.control.vireovrcontrol.Prepare;
import io.vireo.records.control.vireovrcontrol.SetWorkers;
import io.vireo.records.control.vireovrcontrol.TakePort;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.Preface;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The manager's connection to one virtual router's process.
public final class RouterLink implements RouterControl {
  // 2: configurations have names, and patches of them are sent.
  private static final int VERSION = 2;
  private static final long CONNECT_DEADLINE_MS = 20_000;
  private static final long CONNECT_RETRY_MS = 10;
  private static final long HELLO_DEADLINE_MS = 5_000;

  /// How long a router that reads nothing may hold up who writes: the manager's loop.
  private static final long WRITE_DEADLINE_MS = 2_000;

  private final Conversation talk;
  private final Greeted greeted;

  /// Completes, never fails, when no upload is on its way.
  private CompletableFuture<Void> uploads = CompletableFuture.completedFuture(null);

  private RouterLink(Conversation talk, Greeted greeted) {
    this.talk = talk;
    this.greeted = greeted;
  }

  /// Connects to a process that may only just be starting: its socket appears when it listens.
  /// Waits on a thread of its own.
  static CompletableFuture<RouterControl> connect(
      Path socket, String router, RouterConnector.Events events, Consumer<String> log) {
    CompletableFuture<RouterControl> connected = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("connect-" + router)
        .start(() -> {
          try {
            connected.complete(open(awaitSocket(socket), router, events, log));
          } catch (IOException | RuntimeException failed) {
            connected.completeExceptionally(failed);
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            connected.completeExceptionally(interrupted);
          }
        });
    return connected;
  }

  private static UnixSocket awaitSocket(Path socket) throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_DEADLINE_MS);
    while (true) {
      try {
        return UnixSocket.connect(socket, UnixSocket.Type.STREAM);
      } catch (LinuxException notYet) {
        if (System.nanoTime() > deadlineNs) {
          throw notYet;
        }
        Thread.sleep(CONNECT_RETRY_MS);
      }
    }
  }

  private static RouterLink open(
      UnixSocket socket, String router, RouterConnector.Events events, Consumer<String> log)
      throws IOException {
    socket.setSendTimeoutMs(WRITE_DEADLINE_MS);
    Conversation talk =
        Conversation.open(
            socket,
            Preface.Protocol.VR_CONTROL,
            "virtual router " + router,
            new Conversation.Listener() {
              private final Map<String, String> links = new HashMap<>();

              @Override
              public void onNotification(Envelope notification) throws IOException {
                if (notification.sid() == LinkChange.SID) {
                  LinkChange change = LinkChange.read(notification.body());
                  boolean up = Boolean.TRUE.equals(change.up());
                  String name = change.name() == null ? "" : change.name();
                  String reason = change.reason();
                  events.onLink(name, up, reason);
                  String now = up ? "up" : reason == null ? "down" : "down: " + reason;
                  if (!now.equals(links.put(name, now))) {
                    log.accept("virtual router " + router + ": link of " + name + " is " + now);
                  }
                }
              }

              @Override
              public void onEnd(String why) {
                events.onEnd(why);
              }
            });
    Hello.Input ours =
        new Hello.Input(VERSION, VERSION, Greeting.sidHash(), Greeting.PRODUCT, router);
    try {
      Frame answer =
          talk.hello(Envelope.emit(Hello.SID, ours::write))
              .orTimeout(HELLO_DEADLINE_MS, TimeUnit.MILLISECONDS)
              .join();
      Hello.Output theirs = Hello.Output.read(Envelope.open(answer.reader()).body());
      Greeting.requireVersion(VERSION, theirs.protocolMinimum(), theirs.protocolMaximum());
      if (!theirs.virtualRouter().equals(router)) {
        throw new IOException("it calls itself " + theirs.virtualRouter() + ", not " + router);
      }
      return new RouterLink(talk, greeted(theirs));
    } catch (IOException | CompletionException failed) {
      talk.close();
      throw failed instanceof IOException known ? known : new IOException(Failure.text(failed));
    }
  }

  private static Greeted greeted(Hello.Output theirs) {
    Long pid = theirs.pid();
    Long generation = theirs.generation();
    Bytes id = theirs.configId();
    return new Greeted(
        pid == null ? 0 : pid,
        generation == null ? 0 : generation,
        id == null ? Bytes.of() : id,
        ports(theirs.port(), theirs.portToken()));
  }

  private static Map<String, String> ports(List<String> names, List<String> tokens) {
    Map<String, String> ports = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      ports.put(names.get(i), i < tokens.size() ? tokens.get(i) : "");
    }
    return ports;
  }

  @Override
  public Greeted greeted() {
    return greeted;
  }

  @Override
  public CompletableFuture<List<String>> prepare(
      long transaction, RouterTree config, Bytes inForce) {
    CompletableFuture<List<String>> prepared = new CompletableFuture<>();
    CompletableFuture<List<String>> answer;
    synchronized (this) {
      // One after the other: a router takes one upload at a time.
      answer =
          uploads.thenCompose(idle ->
              prepared.isDone()
                  ? CompletableFuture.completedFuture(List.of()) // its asker has given up
                  : upload(transaction, config, inForce));
      uploads = answer.handle((warnings, failure) -> null);
    }
    answer.whenComplete((warnings, failure) -> {
      if (failure == null) {
        prepared.complete(warnings);
      } else {
        prepared.completeExceptionally(Failure.cause(failure));
      }
    });
    return prepared;
  }

  /// On a thread of its own: a router that is busy must not hold up the manager's loop.
  private CompletableFuture<List<String>> upload(
      long transaction, RouterTree config, Bytes inForce) {
    byte[] patch = config.since(inForce);
    if (patch == null) {
      return upload(transaction, config.id(), null, config::bytes);
    }
    return upload(transaction, config.id(), inForce, () -> patch)
        .exceptionallyCompose(failure ->
            // It runs on another configuration than this side thought.
            Failure.cause(failure) instanceof PeerError error && error.tag().equals("data-missing")
                ? upload(transaction, config.id(), null, config::bytes)
                : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<List<String>> upload(
      long transaction, Bytes id, @Nullable Bytes base, Supplier<byte[]> content) {
    return CompletableFuture.supplyAsync(
            () -> {
              byte[] bytes = content.get();
              Prepare.Input input = new Prepare.Input(transaction, bytes.length, id, base);
              return talk.upload(Prepare.SID, input::write, bytes);
            },
            upload -> Thread.ofPlatform().daemon().name("prepare").start(upload))
        .thenCompose(reply -> reply)
        .thenApply(RouterLink::warnings);
  }

  private static List<String> warnings(Frame frame) {
    if (frame.payload().length == 0) {
      return List.of();
    }
    try {
      return Prepare.Output.read(Envelope.open(frame.reader()).body()).warning();
    } catch (IOException failed) {
      throw new CompletionException(failed);
    }
  }

  @Override
  public CompletableFuture<Void> apply(long transaction) {
    return done(talk.call(Apply.SID, new Apply.Input(transaction)::write));
  }

  @Override
  public CompletableFuture<Void> abort(long transaction) {
    return done(talk.call(Abort.SID, new Abort.Input(transaction)::write));
  }

  @Override
  public CompletableFuture<Void> get(List<String> subtrees, Consumer<byte[]> pages) {
    Get.Input input = new Get.Input(subtrees);
    return done(talk.call(Get.SID, input::write, frame -> pages.accept(frame.payload())).reply());
  }

  // NullAway overlooks @Nullable on a record component whose type is written qualified.
  @SuppressWarnings("NullAway")
  @Override
  public CompletableFuture<Void> givePort(DesiredPort port, GrantedPort granted) {
    DesiredMemif memif = port.memif();
    GivePort.Input input =
        new GivePort.Input(
            port.name(),
            port.driver(),
            port.token(),
            new MacAddress(granted.macAddress()),
            granted.mtuBytes(),
            port.queues(),
            memif == null ? granted.hostIndex() : null,
            null,
            memif == null ? null : emit(memif));
    CompletableFuture<Void> giving = done(talk.call(GivePort.SID, input::write, granted.toSend()));
    return memif != null
        ? giving
        : giving.thenCompose(
            given -> portLink(port.name(), granted.up(), granted.up() ? "" : "no link"));
  }

  private static GivePort.Input.Memif emit(DesiredMemif memif) {
    return new GivePort.Input.Memif(
        memif.server(),
        memif.socket(),
        memif.peer() == null ? null : true,
        memif.id(),
        memif.secret(),
        memif.ringSize());
  }

  @Override
  public CompletableFuture<Void> takePort(String port) {
    return done(talk.call(TakePort.SID, new TakePort.Input(port)::write));
  }

  @Override
  public CompletableFuture<Void> portLink(String port, boolean up, String reason) {
    PortLink.Input input = new PortLink.Input(port, up, reason.isEmpty() ? null : reason);
    return done(talk.call(PortLink.SID, input::write));
  }

  @Override
  public CompletableFuture<Void> setWorkers(DesiredWorkers workers) {
    SetWorkers.Input input = new SetWorkers.Input(workers.count(), workers.cpus());
    return done(talk.call(SetWorkers.SID, input::write));
  }

  @Override
  public Invoked invoke(long sid, Envelope.Body input, Consumer<CborReader> outputs) {
    Conversation.Call call = talk.call(sid, input, frame -> outputs.accept(frame.reader()));
    CompletableFuture<Void> done =
        call.reply()
            .thenAccept(frame -> {
              if (frame.payload().length > 0) {
                outputs.accept(frame.reader());
              }
            });
    return new Invoked(done, () -> talk.cancel(call.id()));
  }

  @Override
  public void close() {
    talk.close();
  }

  private static CompletableFuture<Void> done(CompletableFuture<Frame> reply) {
    return reply.thenAccept(frame -> {});
  }
}
