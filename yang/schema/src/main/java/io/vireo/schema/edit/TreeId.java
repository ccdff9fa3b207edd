package io.vireo.schema.edit;

/// Names one data tree: the device's own, or that of one virtual router, which is mounted at its
/// logical network element's `root` (RFC 8528).
public sealed interface TreeId extends Comparable<TreeId> {
  /// The device's tree.
  Device DEVICE = new Device();

  /// The device's tree: ports, users, virtual routers.
  record Device() implements TreeId {
    @Override
    public String toString() {
      return "device";
    }
  }

  /// A virtual router's tree.
  ///
  /// @param name key of the logical network element
  record Router(String name) implements TreeId {
    public Router {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a virtual router's name is empty");
      }
    }

    @Override
    public String toString() {
      return "virtual router " + name;
    }
  }

  /// The device first, then the routers by name.
  @Override
  default int compareTo(TreeId other) {
    return switch (this) {
      case Device() -> other instanceof Device ? 0 : -1;
      case Router(String name) ->
          other instanceof Router(String otherName) ? name.compareTo(otherName) : 1;
    };
  }
}
