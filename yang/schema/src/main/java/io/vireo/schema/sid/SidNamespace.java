package io.vireo.schema.sid;

/// The kind of thing a SID names; RFC 9595 §4, leaf `namespace`.
public enum SidNamespace {
  /// A module or submodule.
  MODULE("module"),
  /// An identity, named without its module: the file tells that.
  IDENTITY("identity"),
  /// A feature, named without its module.
  FEATURE("feature"),
  /// A data node, rpc, action, notification, or an rpc's input or output, named by schema node
  /// path.
  DATA("data");

  private final String yangName;

  SidNamespace(String yangName) {
    this.yangName = yangName;
  }

  /// The name in the file.
  public String yangName() {
    return yangName;
  }

  static SidNamespace require(String yangName) {
    for (SidNamespace namespace : values()) {
      if (namespace.yangName.equals(yangName)) {
        return namespace;
      }
    }
    throw new IllegalArgumentException(
        "'" + yangName + "' is not a SID namespace: module, identity, feature or data is expected");
  }
}
