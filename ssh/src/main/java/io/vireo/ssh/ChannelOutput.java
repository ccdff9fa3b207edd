package io.vireo.ssh;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// Blocking stream over a channel: gathers small writes to a packet's worth and waits until the
/// bytes of each write have left for the client, so that a client that doesn't read holds one
/// packet here and no more.
final class ChannelOutput extends OutputStream {
  private static final int PACKET_BYTES = 32_000;

  private final IoOutputStream channel;
  private byte[] buffer = new byte[1024];
  private int used;

  ChannelOutput(IoOutputStream channel) {
    this.channel = channel;
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
        flush();
      }
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    if (used == 0) {
      return;
    }
    byte[] packet = new byte[used];
    System.arraycopy(buffer, 0, packet, 0, used);
    used = 0;
    if (!channel.isOpen()) {
      throw new IOException("the client is gone");
    }
    // Completes when the bytes are with the kernel, or fails when the channel closes.
    channel.writeBuffer(new ByteArrayBuffer(packet)).verify();
  }

  @Override
  public synchronized void close() throws IOException {
    flush();
  }

  private void require(int bytes) {
    if (bytes > buffer.length) {
      byte[] larger = new byte[Math.min(PACKET_BYTES, Math.max(bytes, buffer.length * 4))];
      System.arraycopy(buffer, 0, larger, 0, used);
      buffer = larger;
    }
  }
}
