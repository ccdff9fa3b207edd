package io.vireo.manager.guard;

import io.vireo.drivers.linux.UnixSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Tells the service manager how things stand (sd_notify(3)): a datagram to `NOTIFY_SOCKET`.
final class ServiceNotifier {
  private final String socket;
  private final Consumer<String> log;

  /// @param socket value of NOTIFY_SOCKET, empty where there is none
  ServiceNotifier(String socket, Consumer<String> log) {
    this.socket = socket;
    this.log = log;
  }

  static ServiceNotifier fromEnvironment(Consumer<String> log) {
    String socket = System.getenv("NOTIFY_SOCKET");
    return new ServiceNotifier(socket == null ? "" : socket, log);
  }

  void ready(String status) {
    send("READY=1\nSTATUS=" + status + "\nMAINPID=" + ProcessHandle.current().pid());
  }

  void stopping() {
    send("STOPPING=1");
  }

  private void send(String text) {
    if (socket.isEmpty()) {
      return;
    }
    if (!socket.startsWith("/")) {
      log.accept("NOTIFY_SOCKET '" + socket + "': only a path is supported; nobody is notified");
      return;
    }
    try (UnixSocket datagrams = UnixSocket.connect(Path.of(socket), UnixSocket.Type.DATAGRAM)) {
      datagrams.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException failed) {
      log.accept("NOTIFY_SOCKET: " + failed.getMessage());
    }
  }
}
