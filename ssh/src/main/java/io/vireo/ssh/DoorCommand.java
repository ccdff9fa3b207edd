package io.vireo.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.sshd.common.io.IoInputStream;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.PipeDataReceiver;
import org.apache.sshd.server.command.AsyncCommandStreamsAware;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/// Joins one MINA channel to a door: a virtual thread runs the door, its return ends the channel.
final class DoorCommand implements Command, AsyncCommandStreamsAware {
  /// A door, ready to run on a channel.
  interface Session {
    int run(DoorChannel channel) throws IOException;
  }

  private static final Duration END_WAIT = Duration.ofSeconds(3);

  private final String listener;
  private final String kind;
  private final @Nullable String commandLine;
  private final Session session;
  private final PipeDataReceiver receiver;

  private @Nullable IoOutputStream output;
  private @Nullable IoOutputStream error;
  private @Nullable ExitCallback exit;
  private @Nullable Thread thread;

  /// @param kind `shell`, `exec` or the subsystem's name, for the audit
  DoorCommand(
      String listener,
      String kind,
      @Nullable String commandLine,
      ChannelSession channel,
      Session session) {
    this.listener = listener;
    this.kind = kind;
    this.commandLine = commandLine;
    this.session = session;
    // MINA's own pipe: the client's window grows as the door reads, which bounds it.
    receiver = new PipeDataReceiver(channel, channel.getLocalWindow());
    channel.setDataReceiver(receiver);
  }

  @Override
  public synchronized void start(ChannelSession channel, Environment environment)
      throws IOException {
    IoOutputStream out = output;
    IoOutputStream err = error;
    ExitCallback onExit = exit;
    if (out == null || err == null || onExit == null) {
      throw new IOException("the channel has no streams");
    }
    DoorChannel door =
        new DoorChannel(
            channel,
            environment,
            commandLine,
            receiver.getIn(),
            new ChannelOutput(out),
            new ChannelOutput(err),
            () -> end(channel));
    thread =
        Thread.ofVirtual()
            .name("door-" + listener + "-" + door.remote())
            .start(() -> run(door, onExit));
  }

  private void run(DoorChannel door, ExitCallback onExit) {
    Audit.record(AuditEvent.CHANNEL_OPENED, listener, door.user(), door.remote(), kind);
    int status = 1;
    String how = "";
    try {
      status = session.run(door);
      door.drain();
    } catch (IOException e) {
      how = " " + e.getMessage(); // the client went away, or the door gave it up
    } catch (RuntimeException | Error e) {
      how = " failed";
      Audit.failure(listener, door.user(), door.remote(), e);
    } finally {
      onExit.onExit(status);
      Audit.record(AuditEvent.CHANNEL_CLOSED, listener, door.user(), door.remote(), kind + how);
    }
  }

  /// Ends the door first, so that the client sees a proper end of the channel; a client that takes
  /// nothing loses its connection instead.
  private void end(ChannelSession channel) {
    try {
      destroy(channel);
    } catch (IOException e) {
      channel.close(true); // the pipe is closed in any case
    }
    Thread.ofVirtual().start(() -> awaitEnd(channel));
  }

  private static void awaitEnd(ChannelSession channel) {
    boolean ended;
    try {
      ended = channel.close(false).await(END_WAIT);
    } catch (IOException e) {
      ended = false; // interrupted: end it the hard way
    }
    if (!ended) {
      channel.getSession().close(true);
    }
  }

  @Override
  public synchronized void destroy(ChannelSession channel) throws IOException {
    receiver.close();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public void setIoOutputStream(IoOutputStream stream) {
    output = stream;
  }

  @Override
  public void setIoErrorStream(IoOutputStream stream) {
    error = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  // Not used: input comes by the pipe, output by the streams above.

  @Override
  public void setIoInputStream(IoInputStream stream) {}

  @Override
  public void setInputStream(InputStream stream) {}

  @Override
  public void setOutputStream(OutputStream stream) {}

  @Override
  public void setErrorStream(OutputStream stream) {}
}
