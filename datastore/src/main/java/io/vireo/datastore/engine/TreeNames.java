package io.vireo.datastore.engine;

import io.vireo.schema.edit.TreeId;

/// What trees are called in the database.
final class TreeNames {
  private static final String DEVICE = "device";
  private static final String ROUTER = "router/";

  private TreeNames() {}

  static String name(TreeId tree) {
    return switch (tree) {
      case TreeId.Device() -> DEVICE;
      case TreeId.Router(String name) -> ROUTER + name;
    };
  }

  static TreeId tree(String name) {
    return name.equals(DEVICE) ? TreeId.DEVICE : new TreeId.Router(name.substring(ROUTER.length()));
  }
}
