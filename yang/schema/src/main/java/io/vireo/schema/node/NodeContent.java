package io.vireo.schema.node;

import java.util.ArrayList;
import java.util.Comparator;
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

  private static final Comparator<NodeContent> SCHEMA_ORDER =
      Comparator.comparingInt(child -> child.schema().position());

  /// The children present in `parent`.
  public static List<NodeContent> of(SchemaNode schema, DataContainerNode parent) {
    // By the data's names: there are often far fewer of them than the schema has.
    List<NodeContent> content = new ArrayList<>(parent.size());
    collect(schema, parent, content);
    content.sort(SCHEMA_ORDER);
    return content;
  }

  private static void collect(
      SchemaNode schema, DataContainerNode holder, List<NodeContent> content) {
    for (DataContainerChild data : holder.body()) {
      if (data instanceof ChoiceNode choice) {
        collect(schema, choice, content);
      } else {
        SchemaNode child = schema.lookup(data.name());
        if (child != null) {
          content.add(new NodeContent(child, data));
        }
      }
    }
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
