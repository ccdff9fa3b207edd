package io.vireo.vr.socket;

import io.vireo.vr.wire.Ipv4Address;

/// An IPv4 address and a port (or an ICMP identifier).
public record Endpoint(int address, int port) {
  /// Any address, any port.
  public static final Endpoint ANY = new Endpoint(0, 0);

  public Endpoint {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port + " is not 0..65535");
    }
  }

  /// `a.b.c.d` and a port.
  public static Endpoint of(String address, int port) {
    return new Endpoint(Ipv4Address.of(address), port);
  }

  @Override
  public String toString() {
    return Ipv4Address.format(address) + ":" + port;
  }
}
