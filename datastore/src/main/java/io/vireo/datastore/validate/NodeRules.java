package io.vireo.datastore.validate;

import io.vireo.schema.node.SchemaNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Descendant;

/// What the schema demands of the instances of one node, worked out once.
///
/// @param whens conditions that must all hold for an instance to be
/// @param references a union's leafrefs are alternatives: one of them must lead somewhere
/// @param instance whether an instance-identifier must lead somewhere (RFC 7950 §9.13)
/// @param least min-elements; 0: none
/// @param most max-elements; null: any number
/// @param demands nodes below that must be there, in it or further down without crossing a list or
///   a container with presence
/// @param below the rules of its children, where anything is demanded of them or further below
record NodeRules(
    SchemaNode node,
    List<Constraint.When> whens,
    List<Constraint.Must> musts,
    List<Constraint.Refers> references,
    boolean instance,
    int least,
    @Nullable Integer most,
    List<List<Descendant>> uniques,
    List<Demand> demands,
    List<NodeRules> below) {
  /// Whether nothing at all is demanded of the node itself.
  boolean isPlain() {
    return whens.isEmpty()
        && musts.isEmpty()
        && references.isEmpty()
        && !instance
        && least == 0
        && most == null
        && uniques.isEmpty()
        && demands.isEmpty();
  }

  /// Whether anything is demanded of it or of what may be below.
  boolean isWorthALook() {
    return !below.isEmpty() || !isPlain();
  }
}
