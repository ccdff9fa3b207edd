package io.vireo.ssh;

import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An address to listen on and the doors that it offers.
///
/// @param name what messages and the audit call it: `netconf`, `cli`
/// @param address where to listen; port 0 lets the kernel choose
/// @param subsystems doors by subsystem name (`netconf`)
/// @param shell door for shells and commands; null: both are refused
/// @param transport how it speaks SSH
public record SshListener(
    String name,
    InetSocketAddress address,
    Map<String, SubsystemDoor> subsystems,
    @Nullable ShellDoor shell,
    SshTransport transport) {
  public SshListener {
    subsystems = Map.copyOf(subsystems);
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "listener " + name + ": no address is known for host " + address.getHostString());
    }
    if (subsystems.isEmpty() && shell == null) {
      throw new IllegalArgumentException(
          "listener " + name + " offers neither subsystem nor shell");
    }
  }

  /// A listener for the NETCONF subsystem alone.
  public static SshListener netconf(InetSocketAddress address, SubsystemDoor door) {
    return new SshListener("netconf", address, Map.of("netconf", door), null, SshTransport.DEFAULT);
  }

  /// A listener for shells and commands alone.
  public static SshListener cli(InetSocketAddress address, ShellDoor door) {
    return new SshListener("cli", address, Map.of(), door, SshTransport.DEFAULT);
  }

  /// The same by another name, elsewhere, with other parameters.
  public SshListener at(String newName, InetSocketAddress newAddress, SshTransport newTransport) {
    return new SshListener(newName, newAddress, subsystems, shell, newTransport);
  }
}
