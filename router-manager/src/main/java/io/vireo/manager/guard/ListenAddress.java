package io.vireo.manager.guard;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A literal address and port to listen on: `127.0.0.1:830`, `[::1]:830`. Names are refused, so
/// that what is listened on never depends on a resolver.
public record ListenAddress(InetAddress address, int port) {
  private static final int PORT_MAX = 65_535;

  /// Ports below this one need a capability to bind (`ip_unprivileged_port_start`, ip(7)).
  public static final int FIRST_UNPRIVILEGED_PORT = 1024;

  public ListenAddress {
    if (port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException("port " + port + " is outside 1.." + PORT_MAX);
    }
  }

  /// Parses what follows `option` on a command line.
  public static ListenAddress parse(String option, String text) throws UsageException {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw bad(option, text, "put an IPv6 address in brackets");
    }
    if (host.isEmpty()) {
      throw bad(option, text, "both an address and a port are needed");
    }
    try {
      return new ListenAddress(
          InetAddress.ofLiteral(host), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException notANumber) {
      throw bad(option, text, "the port is not a number");
    } catch (IllegalArgumentException notAnAddress) {
      throw bad(option, text, notAnAddress.getMessage() + "");
    }
  }

  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }

  /// Whether binding needs CAP_NET_BIND_SERVICE.
  public boolean privileged() {
    return port < FIRST_UNPRIVILEGED_PORT;
  }

  @Override
  public String toString() {
    String host = address.getHostAddress();
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }

  private static UsageException bad(String option, String text, String why) {
    return new UsageException(
        option + " '" + text + "': " + why + "; want ADDR:PORT such as 127.0.0.1:830 or [::1]:830");
  }
}
