package io.vireo.manager.guard;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.manager.life.Loop;
import io.vireo.manager.wire.DescriptorChannel;
import io.vireo.manager.wire.FrameSender;
import io.vireo.records.control.vireoguard.DeviceChanged;
import io.vireo.records.control.vireoguard.DeviceName;
import io.vireo.records.control.vireoguard.RouterExited;
import io.vireo.records.control.vireoguard.RouterName;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameChannel;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.frame.Preface;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One manager's connection to the guard. A thread of its own reads; requests are carried out, and
/// answered, on the guard's loop.
final class GuardSession implements Guard.Reports {
  private final UnixSocket connection;
  private final GuardRequests requests;
  private final Loop loop;
  private final Guard guard;
  private final Consumer<String> log;
  private @Nullable FrameSender sender;

  GuardSession(
      UnixSocket connection, GuardRequests requests, Loop loop, Guard guard, Consumer<String> log) {
    this.connection = connection;
    this.requests = requests;
    this.loop = loop;
    this.guard = guard;
    this.log = log;
  }

  void start() {
    Thread.ofPlatform().daemon().name("guard-session").start(this::read);
  }

  private void read() {
    try (DescriptorChannel channel = new DescriptorChannel(connection)) {
      FrameChannel frames = FrameChannel.open(channel, Preface.Protocol.GUARD);
      FrameSender answers = new FrameSender(channel, frames);
      loop.post(() -> {
        sender = answers;
        guard.attach(this);
      });
      for (Frame frame; (frame = frames.receive()) != null; ) {
        Frame request = frame;
        loop.post(() -> answer(request, answers));
      }
    } catch (IOException failed) {
      log.accept("the manager's connection: " + failed.getMessage());
    }
    loop.post(() -> guard.detach(this));
  }

  private void answer(Frame request, FrameSender answers) {
    GuardRequests.Answer answer = requests.handle(request);
    try {
      answers.send(answer.type(), request.requestId(), answer.payload(), answer.descriptors());
    } catch (IOException gone) {
      connection.close(); // the reader ends the session
    } finally {
      for (int descriptor : answer.descriptors()) {
        Descriptors.close(descriptor); // the receiver has a copy
      }
    }
  }

  @Override
  public void routerExited(String name, long pid, int exitCode, boolean wanted) {
    RouterExited exited = new RouterExited(new RouterName(name), pid, exitCode, wanted);
    tell(RouterExited.SID, exited::write);
  }

  @Override
  public void deviceChanged(String device, boolean present, boolean up) {
    DeviceChanged changed = new DeviceChanged(new DeviceName(device), present, up);
    tell(DeviceChanged.SID, changed::write);
  }

  private void tell(long sid, Envelope.Body body) {
    FrameSender current = sender;
    if (current == null) {
      return;
    }
    try {
      current.send(FrameType.NOTIFICATION, 0, Envelope.emit(sid, body));
    } catch (IOException gone) {
      connection.close(); // the reader ends the session
    }
  }
}
