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
import java.util.ArrayList;
import java.util.List;

/// Sends back what comes (RFC 862), on several sockets at once, each with a thread of its own. A
/// socket whose router goes away is opened anew when it comes back.
final class EchoServer {
  private static final Duration POLL = Duration.ofHours(1);
  private static final long RETRY_MS = 250;

  private final VireoSockets sockets;
  private final ToolOptions options;
  private final Transcript transcript;

  EchoServer(VireoSockets sockets, ToolOptions options, Transcript transcript) {
    this.sockets = sockets;
    this.options = options;
    this.transcript = transcript;
  }

  /// Serves until the thread is interrupted or the process ends.
  int run() throws IOException {
    List<RebindingDatagramSocket> all = new ArrayList<>();
    for (Router router : options.routers()) {
      all.add(bound(sockets.openLasting(router), options.endpoint()));
    }
    if (options.routers().isEmpty() && options.endpoint().getPort() > 0) {
      all.add(bound(sockets.openByRules(), options.endpoint()));
    }
    if (options.rulesPort() > 0) {
      InetSocketAddress endpoint =
          new InetSocketAddress(options.endpoint().getAddress(), options.rulesPort());
      all.add(bound(sockets.openByRules(), endpoint));
    }
    List<Thread> threads = new ArrayList<>();
    for (RebindingDatagramSocket socket : all) {
      threads.add(Thread.ofPlatform().daemon().start(() -> serve(socket)));
    }
    transcript.say("listening on %d sockets", all.size());
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      return 0;
    } catch (InterruptedException e) {
      for (RebindingDatagramSocket socket : all) {
        socket.close();
      }
      return 0;
    }
  }

  private RebindingDatagramSocket bound(RebindingDatagramSocket socket, InetSocketAddress local)
      throws IOException {
    socket.bind(local);
    transcript.say("bound %s %s", socket.router(), text(local));
    socket.onMove((from, to) -> transcript.say("moved %s %s -> %s", text(local), from, to));
    return socket;
  }

  private void serve(RebindingDatagramSocket socket) {
    while (socket.isOpen()) {
      try {
        Datagram datagram = socket.receive(POLL);
        if (datagram != null) {
          answer(socket, datagram);
        }
      } catch (IOException e) {
        if (socket.isOpen()) {
          transcript.say("failed %s: %s", socket.router(), e);
          pause();
        }
      }
    }
  }

  private void answer(RebindingDatagramSocket socket, Datagram datagram) throws IOException {
    transcript.say(
        "received %d bytes from %s through %s",
        datagram.data().remaining(), text(datagram.from()), datagram.via());
    ByteBuffer answer = datagram.data();
    if (options.tag()) {
      byte[] tag = (datagram.via() + " ").getBytes(StandardCharsets.UTF_8);
      answer = ByteBuffer.allocate(tag.length + answer.remaining()).put(tag).put(answer).flip();
    }
    socket.send(answer, datagram.from());
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String text(InetSocketAddress endpoint) {
    return endpoint.getAddress().getHostAddress() + ":" + endpoint.getPort();
  }
}
