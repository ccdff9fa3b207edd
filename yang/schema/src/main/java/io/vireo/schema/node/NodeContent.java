package io.vireo.schema.node;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;

/// Takes a data node's children out from under their choices, in schema order.
///
/// @param schema the child's schema
/// @param data the child
public record NodeContent(SchemaNode schema, DataContainerChild data) {

  /// The children present in `parent`.
  public static List<NodeContent> of(SchemaNode schema, DataContainerNode parent) {
    List<NodeContent> content = new ArrayList<>(parent.size());
    for (SchemaNode child : schema.children()) {
      DataContainerChild data = find(child, parent);
      if (data != null) {
        content.add(new NodeContent(child, data));
      }
    }
    return content;
  }

  /// One child of `parent`, or null when it is absent.
  public static @Nullable DataContainerChild find(SchemaNode child, DataContainerNode parent) {
    DataContainerNode holder = parent;
    for (ChoiceStep step : child.choices()) {
      if (!(holder.childByArg(step.identifier()) instanceof ChoiceNode choice)) {
        return null;
      }
      holder = choice;
    }
    return holder.childByArg(child.identifier());
  }
}
