package io.vireo.datastore.engine;

import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeEdit;
import java.util.List;

/// A change of the models that a configuration written before it has to follow.
interface Migration {
  /// What is done, for the history.
  String description();

  /// @param before the models that the configuration was written with
  boolean applies(ModelSet before, Trees stored);

  /// What leads from the stored configuration to one that means the same with the models of now.
  List<TreeEdit> edits(TreeSchemas schemas, Trees stored);
}
