package io.vireo.rsock.client;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A socket of the Linux kernel behind the common interface.
///
/// It goes through the channel's [DatagramSocket], which can wait with a timeout.
final class KernelDatagramSocket implements RsockDatagramSocket {
  private static final int MAX_DATAGRAM = 65535;

  private final DatagramSocket socket;
  private final byte[] buffer = new byte[MAX_DATAGRAM];

  private KernelDatagramSocket(DatagramSocket socket) {
    this.socket = socket;
  }

  static KernelDatagramSocket open(ProtocolFamily family) throws IOException {
    return new KernelDatagramSocket(DatagramChannel.open(family).socket());
  }

  @Override
  public Router router() {
    return Router.KERNEL;
  }

  @Override
  public void bind(InetSocketAddress local) throws IOException {
    socket.bind(local);
  }

  @Override
  public void connect(InetSocketAddress remote) throws IOException {
    socket.connect(remote);
  }

  @Override
  public @Nullable InetSocketAddress localAddress() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  @Override
  public @Nullable InetSocketAddress remoteAddress() {
    return (InetSocketAddress) socket.getRemoteSocketAddress();
  }

  @Override
  public void send(ByteBuffer data, InetSocketAddress destination) throws IOException {
    byte[] octets = new byte[data.remaining()];
    data.get(octets);
    socket.send(new DatagramPacket(octets, octets.length, destination));
  }

  @Override
  public @Nullable Datagram receive(Duration timeout) throws IOException {
    // A DatagramSocket takes 0 for "for ever".
    int timeoutMs = (int) Math.clamp(timeout.toMillis(), 1L, Integer.MAX_VALUE);
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    synchronized (buffer) {
      socket.setSoTimeout(timeoutMs);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException e) {
        return null;
      }
      ByteBuffer data = ByteBuffer.wrap(Arrays.copyOf(buffer, packet.getLength()));
      return new Datagram(data, (InetSocketAddress) packet.getSocketAddress(), Router.KERNEL);
    }
  }

  @Override
  public boolean isOpen() {
    return !socket.isClosed();
  }

  @Override
  public void close() {
    socket.close();
  }
}
