package io.vireo.netconf.operation;

import io.vireo.datastore.api.DataPage;
import io.vireo.datastore.api.Origin;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.ChoiceStep;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.xml.NodeMarks;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// The attributes of data that is read: `default` (RFC 6243 §6) and `origin` (RFC 8342 §5.3.4),
/// which is said where it differs from that of the node above.
final class DataMarks implements NodeMarks {
  private static final String DEFAULTS_PREFIX = "wd";
  private static final String ORIGIN_PREFIX = "or";

  private final DataPage.@Nullable Implied implied;
  private final DataPage.@Nullable Origins origins;
  private final Deque<Level> above = new ArrayDeque<>();

  /// A node that has begun.
  private record Level(YangInstanceIdentifier path, TreeId tree, @Nullable Origin origin) {}

  /// @param implied which nodes are marked as defaults; null: none
  /// @param origins null: they are not said
  DataMarks(DataPage.@Nullable Implied implied, DataPage.@Nullable Origins origins) {
    this.implied = implied;
    this.origins = origins;
  }

  @Override
  public void enter(XMLStreamWriter out, TreeId tree, SchemaNode schema, NormalizedNode node)
      throws XMLStreamException {
    Level parent = above.peek();
    YangInstanceIdentifier path = path(parent, tree, schema, node);
    if (implied != null && implied.test(tree, path)) {
      out.writeNamespace(DEFAULTS_PREFIX, Namespaces.DEFAULT_ATTRIBUTE);
      out.writeAttribute(DEFAULTS_PREFIX, Namespaces.DEFAULT_ATTRIBUTE, "default", "true");
    }
    Origin inherited = parent == null ? null : parent.origin();
    Origin origin = origins == null ? null : origins.of(tree, path, node).orElse(null);
    if (origin != null && origin != inherited) {
      out.writeNamespace(ORIGIN_PREFIX, Namespaces.ORIGIN);
      out.writeAttribute(
          ORIGIN_PREFIX, Namespaces.ORIGIN, "origin", ORIGIN_PREFIX + ":" + origin.yangName());
    }
    above.push(new Level(path, tree, origin == null ? inherited : origin));
  }

  private static YangInstanceIdentifier path(
      @Nullable Level parent, TreeId tree, SchemaNode schema, NormalizedNode node) {
    // A mounted tree begins at its own root.
    YangInstanceIdentifier path =
        parent == null || !parent.tree().equals(tree) ? YangInstanceIdentifier.of() : parent.path();
    for (ChoiceStep choice : schema.choices()) {
      path = path.node(choice.identifier());
    }
    if (schema.hasEntries() && !(node.name() instanceof NodeIdentifier)) {
      path = path.node(schema.identifier());
    }
    return path.node(node.name());
  }

  @Override
  public void leave() {
    above.pop();
  }
}
