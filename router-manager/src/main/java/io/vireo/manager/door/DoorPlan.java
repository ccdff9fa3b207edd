package io.vireo.manager.door;

import io.vireo.ssh.SshListener;
import io.vireo.ssh.SshSettings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What the SSH endpoint is to be.
///
/// @param settings its bounds
/// @param listeners each with an address of its own
public record DoorPlan(SshSettings settings, List<SshListener> listeners) {
  public DoorPlan {
    listeners = List.copyOf(listeners);
  }

  /// Where NETCONF listens, in words.
  public String netconf() {
    return where(listener -> !listener.subsystems().isEmpty());
  }

  /// Where the command line listens, in words.
  public String cli() {
    return where(listener -> listener.shell() != null);
  }

  private String where(Predicate<SshListener> service) {
    return listeners.stream()
        .filter(service)
        .map(listener -> {
          InetAddress address = listener.address().getAddress();
          String host = address.getHostAddress();
          return (address instanceof Inet6Address ? "[" + host + "]" : host)
              + ":"
              + listener.address().getPort();
        })
        .collect(Collectors.joining(", "));
  }
}
