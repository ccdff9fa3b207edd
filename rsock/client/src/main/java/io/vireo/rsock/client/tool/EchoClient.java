package io.vireo.rsock.client.tool;

import io.vireo.rsock.client.Datagram;
import io.vireo.rsock.client.RebindingDatagramSocket;
import io.vireo.rsock.client.Router;
import io.vireo.rsock.client.VireoSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks an echo server, one datagram after the other, or sends a text without waiting.
final class EchoClient {
  private final VireoSockets sockets;
  private final ToolOptions options;
  private final Transcript transcript;

  EchoClient(VireoSockets sockets, ToolOptions options, Transcript transcript) {
    this.sockets = sockets;
    this.options = options;
    this.transcript = transcript;
  }

  /// Sends and awaits `count` datagrams; 0 when all were answered.
  int ask() throws IOException {
    int answered = 0;
    try (RebindingDatagramSocket socket = open()) {
      for (int number = 1; number <= options.count(); number++) {
        long startNs = System.nanoTime();
        try {
          if (exchange(socket, number)) {
            long elapsedUs = (System.nanoTime() - startNs) / 1000;
            answered++;
            transcript.say(
                "answer %d from %s through %s in %d us",
                number, EchoServer.text(options.endpoint()), socket.router(), elapsedUs);
          } else {
            transcript.say("no answer to %d through %s", number, socket.router());
          }
        } catch (IOException e) {
          transcript.say("failed %d through %s: %s", number, socket.router(), e);
        }
        if (number < options.count() && !pauseUntil(startNs + options.intervalMs() * 1_000_000L)) {
          break;
        }
      }
    }
    transcript.say("%d sent, %d answered", options.count(), answered);
    return answered == options.count() ? 0 : 1;
  }

  /// Sends the text `count` times.
  int send() throws IOException {
    byte[] text = options.text().getBytes(StandardCharsets.UTF_8);
    try (RebindingDatagramSocket socket = open()) {
      for (int i = 0; i < options.count(); i++) {
        socket.send(ByteBuffer.wrap(text), options.endpoint());
      }
      transcript.say(
          "sent %d datagrams of %d bytes through %s",
          options.count(), text.length, socket.router());
    }
    return 0;
  }

  private RebindingDatagramSocket open() {
    if (options.routers().size() > 1) {
      throw new IllegalArgumentException("one --vr at most, got " + options.routers());
    }
    for (Router router : options.routers()) {
      return sockets.openLasting(router);
    }
    return sockets.openByRules();
  }

  /// Sends datagram `number` and waits for its echo; answers to earlier ones are passed over.
  private boolean exchange(RebindingDatagramSocket socket, int number) throws IOException {
    InetSocketAddress server = options.endpoint();
    ByteBuffer question = ByteBuffer.allocate(options.sizeBytes()).putLong(0, number);
    socket.send(question, server);
    long deadlineNs = System.nanoTime() + options.timeoutMs() * 1_000_000L;
    while (true) {
      long leftNs = deadlineNs - System.nanoTime();
      Datagram answer = leftNs <= 0 ? null : socket.receive(Duration.ofNanos(leftNs));
      if (answer == null) {
        return false;
      }
      // A server with --tag puts its name in front: the number is counted from the end.
      int at = answer.data().remaining() - options.sizeBytes();
      if (at >= 0 && answer.from().equals(server) && answer.data().getLong(at) == number) {
        return true;
      }
    }
  }

  private static boolean pauseUntil(long atNs) {
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, atNs - System.nanoTime())));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
