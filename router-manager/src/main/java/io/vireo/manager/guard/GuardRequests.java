package io.vireo.manager.guard;

import io.vireo.manager.launch.RunProfile;
import io.vireo.manager.port.DeviceRefusal;
import io.vireo.manager.wire.Failures;
import io.vireo.manager.wire.Greeting;
import io.vireo.records.control.ietfyangtypes.MacAddress;
import io.vireo.records.control.vireoguard.CannotServe;
import io.vireo.records.control.vireoguard.DeviceName;
import io.vireo.records.control.vireoguard.Hello;
import io.vireo.records.control.vireoguard.OpenPort;
import io.vireo.records.control.vireoguard.ReleasePort;
import io.vireo.records.control.vireoguard.RouterName;
import io.vireo.records.control.vireoguard.Serving;
import io.vireo.records.control.vireoguard.StartRouter;
import io.vireo.records.control.vireoguard.StopRouter;
import io.vireo.records.control.vireowire.ErrorTag;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the manager's requests (vireo-guard) into calls of the [Guard] and their results into
/// answers. Runs on the guard's loop.
final class GuardRequests {
  private static final int STOP_GRACE_MS = 2_000;

  private final Guard guard;
  private final ServingListener onServing;
  private final java.util.function.Consumer<String> onCannotServe;

  /// Hears that the manager's doors are open.
  interface ServingListener {
    void onServing(String netconf, String cli, @Nullable String firstUser, List<String> warnings);
  }

  /// @param type REPLY, ERROR or HELLO
  /// @param descriptors to be sent along and then closed
  record Answer(FrameType type, CborWriter payload, int... descriptors) {}

  GuardRequests(
      Guard guard, ServingListener onServing, java.util.function.Consumer<String> onCannotServe) {
    this.guard = guard;
    this.onServing = onServing;
    this.onCannotServe = onCannotServe;
  }

  Answer handle(Frame request) {
    try {
      Envelope envelope = Envelope.open(request.reader());
      return switch (request.type()) {
        case HELLO -> hello(envelope.body());
        case RPC -> call(envelope.sid(), envelope.body());
        default -> refuse(ErrorTag.MALFORMED_MESSAGE, "the guard answers HELLO and RPC frames");
      };
    } catch (DeviceRefusal refused) {
      return refuse(tag(refused.reason()), refused.getMessage() + "");
    } catch (IOException failed) {
      return refuse(ErrorTag.OPERATION_FAILED, failed.getMessage() + "");
    }
  }

  private Answer call(long sid, CborReader in) throws IOException, DeviceRefusal {
    if (sid == StartRouter.SID) {
      return startRouter(StartRouter.Input.read(in));
    } else if (sid == StopRouter.SID) {
      StopRouter.Input input = StopRouter.Input.read(in);
      Integer grace = input.grace();
      guard.stopRouter(input.name().value(), grace == null ? STOP_GRACE_MS : grace);
      return reply(sid, Envelope.EMPTY);
    } else if (sid == OpenPort.SID) {
      return openPort(OpenPort.Input.read(in));
    } else if (sid == ReleasePort.SID) {
      guard.releasePort(ReleasePort.Input.read(in).device().value());
      return reply(sid, Envelope.EMPTY);
    } else if (sid == Serving.SID) {
      Serving.Input input = Serving.Input.read(in);
      onServing.onServing(input.netconf(), input.cli(), input.firstUser(), input.warning());
      return reply(sid, Envelope.EMPTY);
    } else if (sid == CannotServe.SID) {
      onCannotServe.accept(CannotServe.Input.read(in).reason());
      return reply(sid, Envelope.EMPTY);
    }
    return refuse(ErrorTag.OPERATION_NOT_SUPPORTED, "the guard has no rpc of SID " + sid);
  }

  private Answer hello(CborReader in) throws IOException {
    Hello.Input theirs = Hello.Input.read(in);
    Greeting.requireVersion(Greeting.VERSION, theirs.protocolMinimum(), theirs.protocolMaximum());
    List<Hello.Output.Router> routers =
        guard.runningRouters().entrySet().stream()
            .map(each -> new Hello.Output.Router(new RouterName(each.getKey()), each.getValue()))
            .toList();
    List<Hello.Output.Port> ports =
        guard.openPorts().entrySet().stream()
            .map(each ->
                new Hello.Output.Port(
                    new DeviceName(each.getKey()), new RouterName(each.getValue())))
            .toList();
    Hello.Output ours =
        new Hello.Output(
            Greeting.VERSION,
            Greeting.VERSION,
            Greeting.sidHash(),
            Greeting.PRODUCT,
            routers,
            ports);
    return new Answer(FrameType.HELLO, Envelope.emit(Hello.SID, ours::write));
  }

  private Answer startRouter(StartRouter.Input input) throws IOException {
    RunProfile profile =
        switch (input.profile()) {
          case SMALL -> RunProfile.SMALL;
          case STANDARD -> RunProfile.STANDARD;
        };
    StartRouter.Output output =
        new StartRouter.Output(guard.startRouter(input.name().value(), profile));
    return reply(StartRouter.SID, output::write);
  }

  private Answer openPort(OpenPort.Input input) throws DeviceRefusal {
    Guard.OpenedPort opened =
        guard.openPort(
            input.device().value(),
            input.router().value(),
            Boolean.TRUE.equals(input.force()),
            input.queues() == null ? 1 : input.queues());
    OpenPort.Output output =
        new OpenPort.Output(
            new MacAddress(opened.device().macAddress()),
            opened.device().mtuBytes(),
            opened.device().index(),
            opened.device().up());
    return new Answer(
        FrameType.REPLY, Envelope.emit(OpenPort.SID, output::write), opened.descriptors());
  }

  private static Answer reply(long sid, Envelope.Body body) {
    return new Answer(FrameType.REPLY, Envelope.emit(sid, body));
  }

  private static Answer refuse(ErrorTag tag, String message) {
    return new Answer(FrameType.ERROR, Failures.emit(tag, message));
  }

  private static ErrorTag tag(DeviceRefusal.Reason reason) {
    return switch (reason) {
      case ABSENT -> ErrorTag.DATA_MISSING;
      case TAKEN -> ErrorTag.IN_USE;
      case DEFAULT_ROUTE -> ErrorTag.ACCESS_DENIED;
      case UNFIT -> ErrorTag.INVALID_VALUE;
      case FAILED -> ErrorTag.OPERATION_FAILED;
    };
  }
}
