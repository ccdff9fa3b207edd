package io.vireo.rsock.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A UDP socket, in a virtual router or in the kernel: the same calls, the same meaning.
///
/// Any thread may call; one at a time may [#receive]. Failures are `java.net`'s: BindException,
/// PortUnreachableException, NoRouteToHostException, SocketException, each naming errno, address
/// and router. In a virtual router a failure to send is told by the *next* call, once, as Linux
/// tells pending errors (SO_ERROR).
public interface RsockDatagramSocket extends Closeable {

  /// Where the socket lives now.
  Router router();

  /// bind(): takes an address and port of its own.
  ///
  /// @param local port 0: any free one; a wildcard address: all of the router's
  void bind(InetSocketAddress local) throws IOException;

  /// connect(): sends to `remote` and takes datagrams from there only.
  void connect(InetSocketAddress remote) throws IOException;

  /// The bound address, null before [#bind], [#connect] or the first [#send].
  @Nullable InetSocketAddress localAddress();

  /// The connected peer, null without.
  @Nullable InetSocketAddress remoteAddress();

  /// Sends what remains of `data` as one datagram; waits while the router takes no more.
  void send(ByteBuffer data, InetSocketAddress destination) throws IOException;

  /// Waits for a datagram; null when none came in time.
  @Nullable Datagram receive(Duration timeout) throws IOException;

  boolean isOpen();

  /// Closes; a thread in [#receive] fails with an IOException. Closing twice does nothing.
  @Override
  void close() throws IOException;
}
