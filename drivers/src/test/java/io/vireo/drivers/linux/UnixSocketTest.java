package io.vireo.drivers.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
  @Test
  void pair_writesWithDescriptor_arrivesAsWorkingDescriptor() throws Exception {
    UnixSocket[] ends = UnixSocket.pair(UnixSocket.Type.STREAM);
    try (UnixSocket left = ends[0];
        UnixSocket right = ends[1];
        EventDescriptor event = EventDescriptor.open()) {
      left.write(bytes("hello"), event.fd());
      ByteBuffer received = ByteBuffer.allocate(16);
      DescriptorPassing.Received got = right.receive(received, 4);
      assertEquals(5, got.lengthBytes());
      assertEquals(1, got.descriptors().length);
      PollSet set = new PollSet();
      set.add(got.descriptors()[0]);
      assertEquals(0, set.await(0));
      event.signal();
      assertEquals(1, set.await(1000));
      Descriptors.close(got.descriptors()[0]);
    }
  }

  @Test
  void receive_moreDescriptorsThanAllowed_isProtocolError() throws Exception {
    UnixSocket[] ends = UnixSocket.pair(UnixSocket.Type.STREAM);
    try (UnixSocket left = ends[0];
        UnixSocket right = ends[1]) {
      left.write(bytes("x"), left.fd(), right.fd());
      LinuxException refused =
          assertThrows(LinuxException.class, () -> right.receive(ByteBuffer.allocate(8), 1));
      assertEquals(Errno.EPROTO, refused.errno());
    }
  }

  @Test
  void listen_clientConnects_namesItsCredentials(@TempDir Path dir) throws Exception {
    Path path = dir.resolve("s");
    try (UnixSocket server = UnixSocket.listen(path, UnixSocket.Type.SEQPACKET, 4);
        UnixSocket client = UnixSocket.connect(path, UnixSocket.Type.SEQPACKET);
        UnixSocket accepted = server.accept()) {
      PeerCredentials peer = accepted.peerCredentials();
      assertEquals(ProcessHandle.current().pid(), peer.pid());
      assertEquals(Descriptors.currentUid(), peer.uid());
      client.write(bytes("one"));
      client.write(bytes("two"));
      ByteBuffer first = ByteBuffer.allocate(16);
      assertEquals(3, accepted.read(first));
      assertArrayEquals("one".getBytes(StandardCharsets.UTF_8), content(first));
    }
  }

  @Test
  void connect_noListener_namesPathAndErrno(@TempDir Path dir) {
    LinuxException refused =
        assertThrows(
            LinuxException.class,
            () -> UnixSocket.connect(dir.resolve("none"), UnixSocket.Type.STREAM));
    assertEquals(Errno.ENOENT, refused.errno());
    assertTrue(String.valueOf(refused.getMessage()).contains("none"));
  }

  @Test
  @SuppressWarnings("try") // closing early is the stimulus
  void read_otherThreadCloses_ends() throws Exception {
    UnixSocket[] ends = UnixSocket.pair(UnixSocket.Type.STREAM);
    try (UnixSocket left = ends[0];
        UnixSocket right = ends[1]) {
      CompletableFuture<Integer> reader =
          CompletableFuture.supplyAsync(() -> {
            try {
              return right.read(ByteBuffer.allocate(1));
            } catch (LinuxException closed) {
              return -1;
            }
          });
      right.close();
      assertEquals(-1, reader.get());
      assertThrows(LinuxException.class, () -> right.read(ByteBuffer.allocate(1)));
      assertTrue(left.fd() >= 0);
    }
  }

  @Test
  @SuppressWarnings("try") // closing early is the stimulus
  void read_timeoutPasses_isEagain() throws Exception {
    UnixSocket[] ends = UnixSocket.pair(UnixSocket.Type.STREAM);
    try (UnixSocket left = ends[0];
        UnixSocket right = ends[1]) {
      right.setTimeoutMs(5);
      LinuxException late =
          assertThrows(LinuxException.class, () -> right.read(ByteBuffer.allocate(1)));
      assertEquals(Errno.EAGAIN, late.errno());
      left.close();
      assertEquals(-1, right.read(ByteBuffer.allocate(1)));
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] content(ByteBuffer written) {
    byte[] content = new byte[written.flip().remaining()];
    written.get(content);
    return content;
  }
}
