package io.vireo.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.sshd.common.channel.BufferedIoOutputStream;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// Blocking stream over a channel: gathers small writes to a packet's worth, and lets a few packets
/// be on their way while the next is made. A client that doesn't read holds those here and no more:
/// a write waits until the oldest has left.
final class ChannelOutput extends OutputStream {
  private static final int PACKET_BYTES = 32_000;
  private static final int UNDER_WAY = 4;

  private final IoOutputStream channel;
  private final Deque<IoWriteFuture> underWay = new ArrayDeque<>(UNDER_WAY);
  private byte[] buffer = new byte[1024];
  private int used;

  ChannelOutput(IoOutputStream channel) {
    // The channel itself takes one packet at a time. The bounds are ours: these are never reached.
    this.channel =
        new BufferedIoOutputStream(
            "door", 0, channel, 2 * UNDER_WAY * PACKET_BYTES, Duration.ofDays(365));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, PACKET_BYTES - used);
      require(used + part);
      System.arraycopy(bytes, offset + done, buffer, used, part);
      used += part;
      done += part;
      if (used == PACKET_BYTES) {
        send();
      }
    }
  }

  /// Sends what there is, without waiting for it to leave.
  @Override
  public synchronized void flush() throws IOException {
    if (used > 0) {
      send();
    }
  }

  /// Returns when all has left for the client: before the channel ends.
  synchronized void drain() throws IOException {
    flush();
    while (!underWay.isEmpty()) {
      awaitOldest();
    }
  }

  private void send() throws IOException {
    byte[] packet = new byte[used];
    System.arraycopy(buffer, 0, packet, 0, used);
    used = 0;
    while (underWay.size() == UNDER_WAY || (!underWay.isEmpty() && underWay.peek().isDone())) {
      awaitOldest();
    }
    if (!channel.isOpen()) {
      throw new IOException("the client is gone");
    }
    underWay.add(channel.writeBuffer(new ByteArrayBuffer(packet)));
  }

  // Completes when the bytes are with the kernel, or fails when the channel closes.
  private void awaitOldest() throws IOException {
    underWay.remove().verify();
  }

  @Override
  public synchronized void close() throws IOException {
    drain();
  }

  private void require(int bytes) {
    if (bytes > buffer.length) {
      byte[] larger = new byte[Math.min(PACKET_BYTES, Math.max(bytes, buffer.length * 4))];
      System.arraycopy(buffer, 0, larger, 0, used);
      buffer = larger;
    }
  }
}
