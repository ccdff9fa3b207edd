package io.vireo.cli.config;

import io.vireo.cli.schema.DataPath;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a line of configure mode means.
///
/// @param changes in order
/// @param enter the mode that it leads to; null: it stays where it is
public record ConfigLine(List<Change> changes, @Nullable Position enter) {
  public ConfigLine {
    changes = List.copyOf(changes);
  }

  /// One change of a tree.
  public sealed interface Change {
    TreeId tree();

    DataPath path();

    /// What ends the path exists, with a value where it is a leaf.
    record Put(TreeId tree, DataPath path, @Nullable Object value) implements Change {}

    /// What stands at the path is gone, and of what leads to it, from the given step on, what held
    /// nothing else.
    record Take(TreeId tree, DataPath path, int keptSteps) implements Change {
      public Take(TreeId tree, DataPath path) {
        this(tree, path, path.steps().size());
      }
    }
  }
}
