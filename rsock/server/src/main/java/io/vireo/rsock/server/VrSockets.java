package io.vireo.rsock.server;

import io.vireo.drivers.linux.Errno;
import io.vireo.rsock.server.access.Peer;
import io.vireo.vr.socket.DatagramSocket;
import io.vireo.vr.socket.SocketException;
import io.vireo.vr.socket.SocketLayer;
import io.vireo.vr.socket.UdpSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The virtual router's socket layer as rsock uses it, with whose each socket is.
public final class VrSockets implements RouterSockets {
  private final String name;
  private final SocketLayer layer;
  private final Map<DatagramSocket, Peer> owners = new ConcurrentHashMap<>();

  /// @param name the virtual router's name
  public VrSockets(String name, SocketLayer layer) {
    this.name = name;
    this.layer = layer;
  }

  @Override
  public String name() {
    return name;
  }

  /// The program that opened `socket`, null when the router itself did.
  public @Nullable Peer ownerOf(DatagramSocket socket) {
    return owners.get(socket);
  }

  @Override
  public RouterSocket openUdp(Peer owner, boolean ipv6, Runnable onReadable) throws SocketRefusal {
    if (ipv6) {
      throw new SocketRefusal(
          Errno.EAFNOSUPPORT.number(), "IPv6 sockets are not served yet; open an IPv4 one");
    }
    UdpSocket socket;
    try {
      socket = layer.openUdp(owner.user(), owner.pid());
    } catch (SocketException e) {
      throw new SocketRefusal(e.errno().number(), String.valueOf(e.getMessage()));
    }
    owners.put(socket, owner);
    socket.setListener(onReadable);
    return new VrSocket(socket, () -> owners.remove(socket));
  }
}
