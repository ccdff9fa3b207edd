package io.vireo.datastore.tree;

import io.vireo.schema.DeviceSchema;
import io.vireo.schema.edit.TreeId;

/// The schemas of all trees; all virtual routers share one.
public record TreeSchemas(TreeSchema device, TreeSchema router) {
  public static TreeSchemas of(DeviceSchema schema) {
    return new TreeSchemas(new TreeSchema(schema.device()), new TreeSchema(schema.router()));
  }

  public TreeSchema of(TreeId tree) {
    return switch (tree) {
      case TreeId.Device() -> device;
      case TreeId.Router(var ignored) -> router;
    };
  }
}
