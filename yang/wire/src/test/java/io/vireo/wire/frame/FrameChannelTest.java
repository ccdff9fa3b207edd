package io.vireo.wire.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Preface.Protocol;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FrameChannelTest {
  @TempDir Path directory;

  @Test
  void frames_fromManyThreads_arriveWhole() throws Exception {
    int threads = 4;
    int each = 200;
    try (Pair pair = connect()) {
      List<Thread> senders = new ArrayList<>();
      for (int sender = 1; sender <= threads; sender++) {
        int streamId = sender;
        senders.add(Thread.ofVirtual().start(() -> sendMany(pair.client(), streamId, each)));
      }
      int[] next = new int[threads + 1];
      for (int i = 0; i < threads * each; i++) {
        Frame frame = pair.server().receive();
        assertNotNull(frame);
        assertEquals(next[frame.streamId()]++, frame.requestId());
        assertEquals(frame.requestId() * 37, frame.payload().length);
      }
      for (Thread sender : senders) {
        sender.join();
      }
      // The server has read all, so its close is an end and not a reset.
      pair.server().close();
      assertNull(pair.client().receive());
    }
  }

  @Test
  void payload_ofOurs_tooLong_isRefusedBeforeAnyByteIsSent() throws Exception {
    try (Pair pair = connect()) {
      ByteBuffer tooLong = ByteBuffer.allocate(FrameHeader.MAX_PAYLOAD + 1);
      assertThrows(
          IllegalArgumentException.class, () -> pair.client().send(FrameType.DATA, 1, 0, tooLong));
      CborWriter out = new CborWriter();
      out.writeText("still here");
      pair.client().send(FrameType.RPC, 0, 9, out);
      Frame frame = pair.server().receive();
      assertNotNull(frame);
      assertEquals("still here", frame.reader().readText());
    }
  }

  private static void sendMany(FrameChannel channel, int streamId, int count) {
    try {
      for (int i = 0; i < count; i++) {
        channel.send(FrameType.DATA, streamId, i, ByteBuffer.allocate(i * 37));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private record Pair(FrameChannel client, FrameChannel server) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  private Pair connect() throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(address);
      FrameChannel client = FrameChannel.open(SocketChannel.open(address), Protocol.RSOCK);
      return new Pair(client, FrameChannel.open(listener.accept(), Protocol.RSOCK));
    }
  }
}
