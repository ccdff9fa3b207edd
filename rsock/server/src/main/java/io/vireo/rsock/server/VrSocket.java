package io.vireo.rsock.server;

import io.vireo.drivers.linux.Errno;
import io.vireo.vr.socket.Datagram;
import io.vireo.vr.socket.Endpoint;
import io.vireo.vr.socket.SocketException;
import io.vireo.vr.socket.UdpSocket;
import io.vireo.wire.rsock.DatagramHeader;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A UDP socket of the virtual router's socket layer, in `java.net`'s terms.
final class VrSocket implements RouterSocket {
  /// A full queue is waited for this often and long, then the datagram is lost.
  private static final int SEND_RETRIES = 100;

  private static final long SEND_RETRY_NS = 200_000;

  private final UdpSocket socket;
  private final Runnable onClose;
  private volatile @Nullable Errno error;

  VrSocket(UdpSocket socket, Runnable onClose) {
    this.socket = socket;
    this.onClose = onClose;
  }

  @Override
  public InetSocketAddress bind(InetSocketAddress local) throws SocketRefusal {
    try {
      socket.bind(endpoint(local));
      return address(socket.localEndpoint());
    } catch (SocketException e) {
      throw refusal(e);
    }
  }

  @Override
  public InetSocketAddress connect(InetSocketAddress remote) throws SocketRefusal {
    try {
      socket.connect(endpoint(remote));
      return address(socket.localEndpoint());
    } catch (SocketException e) {
      throw refusal(e);
    }
  }

  @Override
  public void send(InetSocketAddress destination, ByteBuffer data) throws SocketRefusal {
    if (destination.getPort() == 0) {
      throw new SocketRefusal(SocketRefusal.EINVAL, "send to port 0 of " + destination);
    }
    Endpoint to = endpoint(destination);
    for (int i = 0; ; i++) {
      try {
        socket.send(data, to);
        return;
      } catch (SocketException e) {
        if (e.errno() != Errno.EAGAIN) {
          throw refusal(e);
        }
        if (i == SEND_RETRIES) {
          return; // the router is busier than UDP waits for
        }
        LockSupport.parkNanos(SEND_RETRY_NS);
      }
    }
  }

  @Override
  public byte @Nullable [] poll() {
    try {
      Datagram datagram = socket.receive();
      return datagram == null
          ? null
          : DatagramHeader.payload(address(datagram.source()), datagram.payload());
    } catch (SocketException e) {
      if (e.errno() != Errno.EBADF) { // else: closed meanwhile
        error = e.errno();
      }
      return null;
    }
  }

  @Override
  public @Nullable SocketRefusal takeError() {
    Errno pending = error;
    error = null;
    if (pending == null) {
      pending = socket.takeError();
    }
    return pending == null
        ? null
        : new SocketRefusal(
            pending.number(), "socket " + socket.localEndpoint() + ": " + pending.text());
  }

  @Override
  public void close() {
    socket.setListener(() -> {});
    socket.close();
    onClose.run();
  }

  private static SocketRefusal refusal(SocketException e) {
    return new SocketRefusal(e.errno().number(), String.valueOf(e.getMessage()));
  }

  private static Endpoint endpoint(InetSocketAddress address) throws SocketRefusal {
    if (!(address.getAddress() instanceof Inet4Address ipv4)) {
      throw new SocketRefusal(
          SocketRefusal.EAFNOSUPPORT, address + " is not an address of this IPv4 socket");
    }
    return new Endpoint(ByteBuffer.wrap(ipv4.getAddress()).getInt(), address.getPort());
  }

  private static InetSocketAddress address(Endpoint endpoint) {
    byte[] octets = ByteBuffer.allocate(Integer.BYTES).putInt(endpoint.address()).array();
    try {
      return new InetSocketAddress(InetAddress.getByAddress(octets), endpoint.port());
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are an address", e);
    }
  }
}
