package io.vireo.cli.config;

import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.CliSchema;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Both schemas, and how the virtual routers' hangs in the device's.
///
/// @param device the device's
/// @param router what all virtual routers share
/// @param mountPoint where it is mounted; null: nowhere
public record Schemas(CliSchema device, CliSchema router, @Nullable CliNode mountPoint) {
  public Schemas(CliSchema device, CliSchema router) {
    this(device, router, device.mountPoint().orElse(null));
  }

  public CliSchema of(TreeId tree) {
    return switch (tree) {
      case TreeId.Device() -> device;
      case TreeId.Router(String name) -> router;
    };
  }

  /// The list of virtual routers: the one that the mount point stands in.
  public Optional<CliNode> routerList() {
    return mountPoint == null ? Optional.empty() : Optional.ofNullable(mountPoint.parent());
  }

  /// Words that stand for a virtual router, the one to be shown first; none: there are none.
  public List<String> routerWords() {
    return routerList()
        .map(l -> l.style().keywords().isEmpty() ? List.of(l.name()) : l.style().keywords())
        .orElse(List.of());
  }
}
