package io.vireo.manager.binding;

import io.vireo.manager.fleet.DesiredFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What of a wanted fleet cannot be had as the host stands now.
final class DeviceWarnings {
  private static final Path DEVICES = Path.of("/sys/class/net");

  private DeviceWarnings() {}

  static List<String> of(DesiredFleet desired) {
    return desired.ports().values().stream()
        .filter(port -> !Files.exists(DEVICES.resolve(port.device())))
        .map(port ->
            "port "
                + port.name()
                + ": device "
                + port.device()
                + " does not exist on this host; it is taken when it appears")
        .toList();
  }
}
