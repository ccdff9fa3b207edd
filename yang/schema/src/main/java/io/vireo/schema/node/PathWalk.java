package io.vireo.schema.node;

import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// Follows a data tree's path through the schema. Steps of such a path are the data nodes on the
/// way, lists and leaf-lists as a whole before their entries, and choices; a choice may have the
/// name of a node in one of its cases (RFC 7950 §6.2.1), whose step then comes later.
public final class PathWalk {
  private SchemaNode at;
  private int choices; // passed since the last data node

  /// @param from the node that the path starts below
  public PathWalk(SchemaNode from) {
    this.at = from;
  }

  /// The last schema node that the path led to: at a choice the one above it.
  public SchemaNode at() {
    return at;
  }

  /// Takes a step.
  ///
  /// @return whether it leads to a data node: a choice, and a list or leaf-list as a whole, are
  ///   none
  public boolean take(PathArgument step) {
    boolean isEntry = !(step instanceof NodeIdentifier);
    if (isEntry && at.hasEntries() && at.name().equals(step.getNodeType())) {
      return true;
    }
    SchemaNode child = at.lookup(step.getNodeType());
    if (child == null || isChoiceOnTheWayTo(child, step)) {
      choices++;
      return false;
    }
    at = child;
    choices = 0;
    return isEntry || !child.hasEntries();
  }

  /// Takes all steps of a path.
  ///
  /// @return whether it ends at a data node
  public boolean takeAll(Iterable<PathArgument> steps) {
    boolean isDataNode = true;
    for (PathArgument step : steps) {
      isDataNode = take(step);
    }
    return isDataNode;
  }

  private boolean isChoiceOnTheWayTo(SchemaNode child, PathArgument step) {
    return choices < child.choices().size()
        && child.choices().get(choices).choice().equals(step.getNodeType());
  }
}
