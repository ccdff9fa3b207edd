package io.vireo.datastore.xpath;

import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.type.CanonicalText;
import java.util.Map;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.model.api.Module;

/// A node's string-value (XPath 1.0 §5): a leaf's canonical text, of others that of all leafs in
/// them. Identities are written with their module's own prefix (RFC 7950 §9.10.3 asks for the one
/// that the expression's module imports it with, by custom the same; comparisons with a literal
/// look at the identity itself).
final class NodeText {
  private NodeText() {}

  static String of(DataNode node) {
    if (node.isLeaf()) {
      return of(node.schema().tree(), node.value());
    }
    if (node.schema().kind() == NodeKind.ANYDATA) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    node.children(child -> text.append(of(child)));
    return text.toString();
  }

  static String of(SchemaTree tree, Object value) {
    return CanonicalText.of(value, identity -> qualified(tree, identity), path -> path(tree, path));
  }

  static String qualified(SchemaTree tree, QName name) {
    return tree.context().model().findModule(name.getModule()).map(Module::getPrefix).orElse("?")
        + ":"
        + name.getLocalName();
  }

  // RFC 7950 §9.13.2.
  private static String path(SchemaTree tree, YangInstanceIdentifier path) {
    StringBuilder text = new StringBuilder();
    PathWalk walk = new PathWalk(tree.root());
    for (PathArgument step : path.getPathArguments()) {
      if (walk.take(step)) {
        text.append('/').append(qualified(tree, step.getNodeType()));
      }
      if (step instanceof NodeIdentifierWithPredicates entry) {
        text.append(
            entry.entrySet().stream()
                .map((Map.Entry<QName, Object> key) ->
                    "[" + qualified(tree, key.getKey()) + "='" + of(tree, key.getValue()) + "']")
                .collect(Collectors.joining()));
      } else if (step instanceof NodeWithValue<?> entry) {
        text.append("[.='").append(of(tree, entry.getValue())).append("']");
      }
    }
    return text.toString();
  }
}
