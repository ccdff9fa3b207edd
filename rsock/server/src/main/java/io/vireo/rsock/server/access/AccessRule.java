package io.vireo.rsock.server.access;

/// One rule of `/sockets/access`.
public record AccessRule(String name, Who who, boolean permits, boolean lowPorts) {

  /// Whom a rule is about.
  public sealed interface Who {
    boolean names(Peer peer);

    /// A user of the host.
    record User(String name) implements Who {
      @Override
      public boolean names(Peer peer) {
        return name.equals(peer.user());
      }
    }

    /// A group of the host.
    record Group(String name) implements Who {
      @Override
      public boolean names(Peer peer) {
        return peer.groups().contains(name);
      }
    }
  }
}
