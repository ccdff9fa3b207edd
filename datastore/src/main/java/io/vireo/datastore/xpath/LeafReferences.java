package io.vireo.datastore.xpath;

import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Where leafrefs and instance-identifiers lead (RFC 7950 §9.9, §9.13). Shared by all threads.
public final class LeafReferences {
  private final Map<SchemaNode, List<Reference>> compiled = new ConcurrentHashMap<>();

  /// The path of one leafref type.
  ///
  /// @param required whether what it leads to must be there
  public record Reference(Expression path, boolean required) {}

  /// The paths of a leaf's type: of a union those of its members.
  public List<Reference> of(SchemaNode leaf) {
    List<Reference> known = compiled.get(leaf);
    if (known == null) {
      List<Reference> found = new ArrayList<>();
      collect(leaf, leaf.declaredType(), found);
      known = List.copyOf(found);
      compiled.put(leaf, known);
    }
    return known;
  }

  private static void collect(SchemaNode leaf, TypeDefinition<?> type, List<Reference> found) {
    switch (type) {
      case LeafrefTypeDefinition leafref ->
          found.add(
              new Reference(
                  LeafrefPaths.of(leafref.getPathStatement(), leaf.name().getModule()),
                  leafref.requireInstance()));
      case UnionTypeDefinition union ->
          union.getTypes().forEach(member -> collect(leaf, member, found));
      default -> {}
    }
  }

  /// The nodes that a leaf refers to (RFC 7950 §10.3.1).
  List<DataNode> deref(Evaluator evaluator, DataNode leaf) {
    if (!leaf.isLeaf()) {
      return List.of();
    }
    if (leaf.value() instanceof YangInstanceIdentifier path) {
      DataNode found = leaf.tree().find(path);
      return found == null ? List.of() : List.of(found);
    }
    List<DataNode> found = new ArrayList<>();
    for (Reference reference : of(leaf.schema())) {
      for (DataNode target : targets(evaluator, leaf, reference)) {
        if (target.isLeaf() && Values.equal(leaf.value(), target.value())) {
          found.add(target);
        }
      }
    }
    return found;
  }

  /// All nodes that a reference of a leaf may be to.
  public static List<DataNode> targets(Evaluator evaluator, DataNode leaf, Reference reference) {
    return Evaluator.nodes(evaluator.evaluate(reference.path(), Scope.of(leaf)));
  }
}
