package io.vireo.datastore.tree;

import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;

/// The schemas of all trees; all virtual routers share one.
public record TreeSchemas(TreeSchema device, TreeSchema router) {
  public static TreeSchemas of(SchemaTree device, SchemaTree router) {
    return new TreeSchemas(new TreeSchema(device), new TreeSchema(router));
  }

  public TreeSchema of(TreeId tree) {
    return switch (tree) {
      case TreeId.Device() -> device;
      case TreeId.Router(var ignored) -> router;
    };
  }
}
