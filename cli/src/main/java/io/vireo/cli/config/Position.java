package io.vireo.cli.config;

import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.DataPath;
import io.vireo.schema.edit.TreeId;
import org.jspecify.annotations.Nullable;

/// A mode of configuration: the instance that lines are about.
///
/// @param tree its tree
/// @param node its node
/// @param path where it stands
/// @param outer the mode that `exit` leads to; null: this is the outermost
public record Position(TreeId tree, CliNode node, DataPath path, @Nullable Position outer) {
  /// The outermost mode of a tree.
  public static Position top(Schemas schemas, TreeId tree) {
    return new Position(tree, schemas.of(tree).root(), DataPath.ROOT, null);
  }

  Position down(DataPath deeper) {
    return new Position(tree, deeper.last().node(), deeper, outer);
  }

  Position within(Position mode) {
    return new Position(tree, node, path, mode);
  }

  /// What the prompt shows for it; empty for the outermost.
  public String prompt() {
    if (node.parent() == null) {
      return "";
    }
    String prompt = node.style().prompt();
    return prompt != null ? prompt : node.word();
  }
}
