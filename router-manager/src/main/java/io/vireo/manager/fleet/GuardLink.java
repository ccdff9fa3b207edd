package io.vireo.manager.fleet;

import io.vireo.drivers.linux.UnixSocket;
import io.vireo.manager.launch.RunProfile;
import io.vireo.manager.wire.Conversation;
import io.vireo.manager.wire.Greeting;
import io.vireo.records.control.vireoguard.CannotServe;
import io.vireo.records.control.vireoguard.DeviceChanged;
import io.vireo.records.control.vireoguard.DeviceName;
import io.vireo.records.control.vireoguard.Hello;
import io.vireo.records.control.vireoguard.OpenPort;
import io.vireo.records.control.vireoguard.ReleasePort;
import io.vireo.records.control.vireoguard.RouterExited;
import io.vireo.records.control.vireoguard.RouterName;
import io.vireo.records.control.vireoguard.Serving;
import io.vireo.records.control.vireoguard.StartRouter;
import io.vireo.records.control.vireoguard.StopRouter;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.Preface;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The manager's connection to the guard.
public final class GuardLink implements GuardControl {
  private final Conversation talk;

  /// Hears what the guard tells, on the reading thread.
  public interface Events {
    void onRouterExited(String router, long pid, String how);

    void onDeviceChanged(String device, boolean present, boolean up);

    /// The guard is gone.
    void onEnd(String why);
  }

  /// What runs already.
  ///
  /// @param routers pids by router
  /// @param ports routers by device
  public record Found(SortedMap<String, Long> routers, SortedMap<String, String> ports) {}

  private GuardLink(Conversation talk) {
    this.talk = talk;
  }

  public static GuardLink connect(Path socket, Events events) throws IOException {
    Conversation talk =
        Conversation.open(
            UnixSocket.connect(socket, UnixSocket.Type.STREAM),
            Preface.Protocol.GUARD,
            "the guard",
            new Conversation.Listener() {
              @Override
              public void onNotification(Envelope notification) throws IOException {
                tell(notification, events);
              }

              @Override
              public void onEnd(String why) {
                events.onEnd(why);
              }
            });
    return new GuardLink(talk);
  }

  private static void tell(Envelope notification, Events events) throws IOException {
    if (notification.sid() == RouterExited.SID) {
      RouterExited exited = RouterExited.read(notification.body());
      Integer code = exited.exitCode();
      events.onRouterExited(
          exited.name().value(),
          exited.pid(),
          code == null ? "unknown" : io.vireo.manager.life.ExitCode.describe(code));
    } else if (notification.sid() == DeviceChanged.SID) {
      DeviceChanged changed = DeviceChanged.read(notification.body());
      events.onDeviceChanged(changed.device().value(), changed.present(), changed.up());
    }
  }

  /// Greets the guard; completes with what runs already.
  public CompletableFuture<Found> greet() {
    Hello.Input ours =
        new Hello.Input(Greeting.VERSION, Greeting.VERSION, Greeting.sidHash(), Greeting.PRODUCT);
    return talk.hello(Envelope.emit(Hello.SID, ours::write))
        .thenApply(frame -> {
          try {
            Hello.Output theirs = Hello.Output.read(Envelope.open(frame.reader()).body());
            Greeting.requireVersion(
                Greeting.VERSION, theirs.protocolMinimum(), theirs.protocolMaximum());
            return found(theirs);
          } catch (IOException failed) {
            throw new CompletionException(failed);
          }
        });
  }

  private static Found found(Hello.Output theirs) {
    SortedMap<String, Long> routers = new TreeMap<>();
    for (Hello.Output.Router each : theirs.router()) {
      Long pid = each.pid();
      routers.put(each.name().value(), pid == null ? 0L : pid);
    }
    SortedMap<String, String> ports = new TreeMap<>();
    for (Hello.Output.Port each : theirs.port()) {
      RouterName router = each.router();
      ports.put(each.device().value(), router == null ? "" : router.value());
    }
    return new Found(routers, ports);
  }

  @Override
  public CompletableFuture<Long> startRouter(String name, RunProfile profile) {
    StartRouter.Input.Profile yangProfile =
        switch (profile) {
          case SMALL -> StartRouter.Input.Profile.SMALL;
          case STANDARD -> StartRouter.Input.Profile.STANDARD;
        };
    StartRouter.Input input = new StartRouter.Input(new RouterName(name), yangProfile);
    return talk.call(StartRouter.SID, input::write)
        .thenApply(frame -> {
          try {
            return StartRouter.Output.read(Envelope.open(frame.reader()).body()).pid();
          } catch (IOException failed) {
            throw new CompletionException(failed);
          }
        });
  }

  @Override
  public CompletableFuture<Void> stopRouter(String name) {
    StopRouter.Input input = new StopRouter.Input(new RouterName(name), null);
    return talk.call(StopRouter.SID, input::write).thenAccept(frame -> {});
  }

  @Override
  public CompletableFuture<GrantedPort> openPort(DesiredPort port) {
    OpenPort.Input input =
        new OpenPort.Input(
            new DeviceName(port.device()),
            new RouterName(port.router()),
            port.force(),
            port.queues());
    return talk.callForDescriptors(OpenPort.SID, input::write, port.queues())
        .thenApply(reply -> {
          try {
            OpenPort.Output output =
                OpenPort.Output.read(Envelope.open(reply.frame().reader()).body());
            return new GrantedPort(
                reply.descriptors(),
                output.macAddress().value(),
                output.mtu(),
                output.hostIndex(),
                output.up());
          } catch (IOException failed) {
            throw new CompletionException(failed);
          }
        });
  }

  @Override
  public CompletableFuture<Void> releasePort(String device) {
    ReleasePort.Input input = new ReleasePort.Input(new DeviceName(device));
    return talk.call(ReleasePort.SID, input::write).thenAccept(frame -> {});
  }

  /// Tells that the doors are open.
  public CompletableFuture<Void> serving(
      String netconf, String cli, @Nullable String firstUser, List<String> warnings) {
    Serving.Input input = new Serving.Input(netconf, cli, firstUser, warnings);
    return talk.call(Serving.SID, input::write).thenAccept(frame -> {});
  }

  /// Tells that starting this program again would not help.
  public CompletableFuture<Void> cannotServe(String reason) {
    CannotServe.Input input = new CannotServe.Input(reason);
    return talk.call(CannotServe.SID, input::write).thenAccept(frame -> {});
  }
}
