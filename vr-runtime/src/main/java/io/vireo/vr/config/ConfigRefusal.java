package io.vireo.vr.config;

/// A configuration that cannot be applied: the data node and what is wrong with its value.
public final class ConfigRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String path;

  public ConfigRefusal(String path, String message) {
    super(message);
    this.path = path;
  }

  /// An XPath with module names for prefixes.
  public String path() {
    return path;
  }
}
