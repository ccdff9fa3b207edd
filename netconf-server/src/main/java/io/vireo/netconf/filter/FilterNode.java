package io.vireo.netconf.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;

/// One element of a subtree filter.
///
/// @param namespace its namespace; empty: any (RFC 6241 §6.2.1)
/// @param name its local name
/// @param hasAttributes whether it has an attribute match expression (§6.2.2)
/// @param content its text, without the white space around it; null: a selection or containment
///   node
/// @param identity the text read as a prefixed name, for identityrefs; null where it isn't one
/// @param children its child elements; none: a selection or content match node
public record FilterNode(
    String namespace,
    String name,
    boolean hasAttributes,
    @Nullable String content,
    @Nullable Identity identity,
    List<FilterNode> children) {
  public FilterNode {
    children = List.copyOf(children);
  }

  /// A prefixed name as it stood in the filter, resolved.
  public record Identity(String namespace, String name) {}

  /// RFC 6241 §6.2.4: selects a whole subtree.
  boolean isSelection() {
    return children.isEmpty() && content == null;
  }

  /// RFC 6241 §6.2.5: compares a leaf.
  boolean isContentMatch() {
    return children.isEmpty() && content != null;
  }

  boolean matches(QName node) {
    // RFC 6241 §6.2.2: an attribute that the data doesn't have doesn't match; YANG data has none.
    return !hasAttributes
        && name.equals(node.getLocalName())
        && (namespace.isEmpty() || namespace.equals(node.getNamespace().toString()));
  }
}
