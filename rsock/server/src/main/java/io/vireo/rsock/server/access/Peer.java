package io.vireo.rsock.server.access;

import java.util.Set;

/// The program at the other end, as SO_PEERCRED and the host's account database have it.
///
/// @param user name, or the decimal user id where no account has it
/// @param groups names of all groups of the user, the primary one among them
/// @param pid the process that connected
public record Peer(String user, int uid, Set<String> groups, int pid) {
  public Peer {
    groups = Set.copyOf(groups);
  }

  @Override
  public String toString() {
    return "user " + user + ", process " + pid;
  }
}
