package io.vireo.datastore.validate;

import io.vireo.datastore.xpath.DataNode;
import io.vireo.schema.node.ChoiceStep;
import io.vireo.schema.node.NodeContent;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// The instances of schema nodes in data.
final class Instances {
  private Instances() {}

  /// Hands over every instance of a schema node at or below a node, implied ones too.
  static void below(DataNode from, SchemaNode wanted, Consumer<DataNode> consumer) {
    List<SchemaNode> way = new ArrayList<>();
    SchemaNode at = wanted;
    while (at != null && !at.equals(from.schema())) {
      way.addFirst(at);
      at = at.parent();
    }
    if (at != null) {
      descend(from, way, 0, consumer);
    }
  }

  private static void descend(
      DataNode node, List<SchemaNode> way, int depth, Consumer<DataNode> consumer) {
    if (depth == way.size()) {
      consumer.accept(node);
    } else {
      node.children(way.get(depth), child -> descend(child, way, depth + 1, consumer));
    }
  }

  /// What stands for a child in its parent's data; null: nothing.
  static @Nullable NormalizedNode dataOf(SchemaNode child, DataContainerNode parent) {
    return NodeContent.find(child, parent);
  }

  static boolean isAbsent(SchemaNode child, DataNode parent) {
    return !(parent.data() instanceof DataContainerNode holder)
        || NodeContent.find(child, holder) == null;
  }

  static int size(NormalizedNode list) {
    return switch (list) {
      case MapNode map -> map.size();
      case LeafSetNode<?> set -> set.size();
      default -> 0;
    };
  }

  /// Whether all of these cases are the ones chosen.
  static boolean isCaseChosen(List<ChoiceStep> steps, DataNode parent) {
    return chosen(steps, parent) != null;
  }

  /// Whether a node in these cases may be there without being configured (RFC 7950 §7.6.1): each is
  /// the one chosen, or the default one where none is.
  static boolean isCaseInUse(List<ChoiceStep> steps, DataNode parent) {
    DataContainerNode at = parent.data() instanceof DataContainerNode holder ? holder : null;
    for (ChoiceStep step : steps) {
      DataContainerNode choice =
          at != null && at.childByArg(step.identifier()) instanceof ChoiceNode c ? c : null;
      if (choice == null ? !step.isDefaultCase() : !step.isChosen(choice)) {
        return false;
      }
      at = choice;
    }
    return true;
  }

  /// Whether a choice in the cases of `outer` has any case chosen.
  static boolean isAnyChosen(List<ChoiceStep> outer, ChoiceStep choice, DataNode parent) {
    DataContainerNode at = chosen(outer, parent);
    return at != null
        && at.childByArg(NodeIdentifier.create(choice.choice())) instanceof ChoiceNode node
        && !node.isEmpty();
  }

  private static @Nullable DataContainerNode chosen(List<ChoiceStep> steps, DataNode parent) {
    if (!(parent.data() instanceof DataContainerNode at)) {
      return null;
    }
    for (ChoiceStep step : steps) {
      if (at.childByArg(step.identifier()) instanceof ChoiceNode choice && step.isChosen(choice)) {
        at = choice;
      } else {
        return null;
      }
    }
    return at;
  }

  /// A node that is not there, in its place.
  static DataNode dummy(DataNode parent, SchemaNode child) {
    return parent.placeholder(child);
  }

  /// Stands for a list as a whole.
  static DataNode listMarker(DataNode parent, SchemaNode list) {
    return parent.placeholder(list);
  }
}
