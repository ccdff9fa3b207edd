package io.vireo.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;

/// One channel as its door sees it.
final class DoorChannel implements ShellChannel {
  private static final int MAX_SIDE = 10_000;

  private final Environment environment;
  private final @Nullable String command;
  private final InputStream input;
  private final ChannelOutput output;
  private final ChannelOutput error;
  private final Runnable end;
  private final String remote;
  private final LoginName login;

  DoorChannel(
      ChannelSession channel,
      Environment environment,
      @Nullable String command,
      InputStream input,
      ChannelOutput output,
      ChannelOutput error,
      Runnable end) {
    this.environment = environment;
    this.command = command;
    this.input = input;
    this.output = output;
    this.error = error;
    this.end = end;
    login = LoginName.of(channel.getSession().getUsername());
    remote = Peer.text(channel.getSession().getIoSession().getRemoteAddress());
  }

  @Override
  public String user() {
    return login.user();
  }

  @Override
  public @Nullable String scope() {
    return login.scope();
  }

  @Override
  public String remote() {
    return remote;
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public OutputStream error() {
    return error;
  }

  @Override
  public void refuse(String why) throws IOException {
    error.write((why + "\n").getBytes(StandardCharsets.UTF_8));
    error.drain(); // the end of the channel may be near
  }

  /// Returns when all has left for the client.
  void drain() throws IOException {
    output.drain();
    error.drain();
  }

  @Override
  public @Nullable String command() {
    return command;
  }

  @Override
  public @Nullable PseudoTerminal terminal() {
    String type = environment.getEnv().get(Environment.ENV_TERM);
    return type == null ? null : new Terminal(type);
  }

  @Override
  public Map<String, String> environment() {
    return Map.copyOf(environment.getEnv());
  }

  @Override
  public void onSignal(Consumer<String> listener) {
    environment.addSignalListener((source, signal) -> {
      if (signal != Signal.WINCH) {
        listener.accept(signal.name());
      }
    });
  }

  @Override
  public void close() {
    end.run();
  }

  private final class Terminal implements PseudoTerminal {
    private final String type;

    Terminal(String type) {
      this.type = type;
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public Size size() {
      return new Size(side(Environment.ENV_COLUMNS), side(Environment.ENV_LINES));
    }

    @Override
    public void onResize(Consumer<Size> listener) {
      environment.addSignalListener((source, signal) -> listener.accept(size()), Signal.WINCH);
    }

    @Override
    public Map<String, Integer> modes() {
      Map<String, Integer> modes = new TreeMap<>();
      environment.getPtyModes().forEach((mode, value) -> modes.put(mode.name(), value));
      return modes;
    }

    private int side(String variable) {
      String text = environment.getEnv().get(variable);
      try {
        return text == null ? 0 : Math.clamp(Long.parseLong(text), 0, MAX_SIDE);
      } catch (NumberFormatException e) {
        return 0; // the client doesn't know
      }
    }
  }
}
