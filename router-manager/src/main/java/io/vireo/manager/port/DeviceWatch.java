package io.vireo.manager.port;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Tells when a network device comes, goes or changes: reads what `ip -o monitor link` prints,
/// which hears it from the kernel (rtnetlink) at once.
///
/// [#start] must be called on a thread that lives as long as the guard: the child dies with it. The
/// listener runs on a thread of the watch.
public final class DeviceWatch implements AutoCloseable {
  private final Consumer<LinkState> listener;
  private volatile boolean closed;
  private final Runnable onEnd;
  private final Process monitor;

  private DeviceWatch(Process monitor, Consumer<LinkState> listener, Runnable onEnd) {
    this.monitor = monitor;
    this.onEnd = onEnd;
    this.listener = listener;
  }

  /// @param onEnd run when the watch ends without having been closed
  public static DeviceWatch start(Consumer<LinkState> listener, Runnable onEnd) throws IOException {
    Process monitor =
        new ProcessBuilder("setpriv", "--pdeathsig", "KILL", "ip", "-o", "monitor", "link")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    DeviceWatch watch = new DeviceWatch(monitor, listener, onEnd);
    Thread.ofPlatform().daemon().name("device-watch").start(watch::read);
    return watch;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new java.io.InputStreamReader(monitor.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; !closed && (line = lines.readLine()) != null; ) {
        LinkState state = LinkState.parse(line);
        if (state != null) {
          listener.accept(state);
        }
      }
    } catch (IOException ended) {
      monitor.destroy(); // as at an end of its output
    }
    if (!closed) {
      onEnd.run();
    }
  }

  @Override
  public void close() {
    closed = true;
    monitor.destroyForcibly();
  }
}
