package io.vireo.datastore.xpath;

/// Where an expression is evaluated (XPath 1.0 §1).
///
/// @param node the context node
/// @param current what current() gives (RFC 7950 §10.1.1)
record Scope(DataNode node, DataNode current, int position, int size) {
  static Scope of(DataNode node) {
    return new Scope(node, node, 1, 1);
  }

  Scope at(DataNode other, int itsPosition, int itsSize) {
    return new Scope(other, current, itsPosition, itsSize);
  }
}
