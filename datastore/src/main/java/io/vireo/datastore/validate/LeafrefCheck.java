package io.vireo.datastore.validate;

import io.vireo.datastore.tree.Change;
import io.vireo.datastore.validate.RuleBook.Dependent;
import io.vireo.datastore.xpath.DataNode;
import io.vireo.datastore.xpath.Evaluator;
import io.vireo.datastore.xpath.LeafReferences;
import io.vireo.datastore.xpath.Values;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.type.CanonicalText;
import io.vireo.schema.type.InvalidValueException;
import io.vireo.schema.type.TextForm;
import io.vireo.schema.type.TypedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;

/// RFC 7950 §9.9: leafrefs whose instance is required. Where all references below one node may lead
/// to the same targets, these are gathered once; where the target is a list's key, it is looked up.
/// Of the references that a vanished target may break only those of its value are looked at. One
/// thread, one use.
final class LeafrefCheck {
  private final Evaluator evaluator;
  private final Findings findings;
  private final Map<Constraint.Refers, Map<DataNode, Set<Object>>> targets = new HashMap<>();
  private final Map<Constraint.Refers, Map<DataNode, Optional<DataNode>>> parents = new HashMap<>();
  private final Map<Constraint.Refers, Set<Object>> gone = new HashMap<>();
  private final Set<Constraint.Refers> all = new HashSet<>();

  LeafrefCheck(Evaluator evaluator, Findings findings) {
    this.evaluator = evaluator;
    this.findings = findings;
  }

  /// Notes the values that targets had at a place which went or changed.
  ///
  /// @param target the schema node of what is gone: a target of the reference
  void gone(Dependent dependent, DataNode apexBefore, Change change, SchemaNode target) {
    if (!(dependent.constraint() instanceof Constraint.Refers refers)) {
      return;
    }
    Set<Object> values = gone.computeIfAbsent(refers, each -> new HashSet<>());
    DataNode place = apexBefore.tree().find(change.path());
    // A list as a whole is no data node: all that its parent has of it went.
    Instances.below(
        place == null ? apexBefore : place,
        target,
        leaf -> {
          if (leaf.isLeaf()) {
            values.add(Values.comparable(leaf.value()));
          }
        });
  }

  /// Whether a reference may have lost its target with what went.
  boolean mayBeBroken(Constraint.Refers refers, DataNode leaf) {
    Set<Object> values = gone.get(refers);
    return all.contains(refers)
        || values == null
        || (leaf.isLeaf() && values.contains(Values.comparable(leaf.value())));
  }

  /// Notes that any of a constraint's references may have lost its target: something changed that
  /// decides which targets there are.
  void all(Constraint.Refers refers) {
    all.add(refers);
  }

  /// Checks a leaf: one of its type's references must lead somewhere.
  void check(DataNode leaf, List<Constraint.Refers> references) {
    for (Constraint.Refers refers : references) {
      if (leads(leaf, refers)) {
        return;
      }
    }
    if (references.getFirst().others().stream().noneMatch(other -> takes(other, leaf.value()))) {
      findings.noTarget(leaf, references.getFirst());
    }
  }

  private static boolean takes(TypedText type, Object value) {
    if (value instanceof QName || value instanceof YangInstanceIdentifier) {
      return true;
    }
    try {
      return Values.equal(
          value,
          type.read(
              CanonicalText.of(value, QName::getLocalName, YangInstanceIdentifier::toString),
              TextForm.PLAIN));
    } catch (InvalidValueException e) {
      return false;
    }
  }

  private boolean leads(DataNode leaf, Constraint.Refers refers) {
    SchemaNode apex = refers.footprint().apex();
    DataNode shared = apex.equals(leaf.schema()) ? null : leaf.ancestor(apex);
    if (shared == null) {
      return LeafReferences.targets(evaluator, leaf, refers.reference()).stream()
          .anyMatch(target -> target.isLeaf() && Values.equal(target.value(), leaf.value()));
    }
    SchemaNode list = refers.keyed();
    if (list != null) {
      DataNode parent =
          parents
              .computeIfAbsent(refers, each -> new HashMap<>())
              .computeIfAbsent(shared, each -> Optional.ofNullable(parentOf(list, each)))
              .orElse(null);
      return parent != null
          && parent.hasEntry(
              list,
              NodeIdentifierWithPredicates.of(list.name(), list.keys().getFirst(), leaf.value()));
    }
    return targets
        .computeIfAbsent(refers, each -> new HashMap<>())
        .computeIfAbsent(
            shared,
            each -> {
              Set<Object> values = new HashSet<>();
              for (DataNode target : LeafReferences.targets(evaluator, leaf, refers.reference())) {
                if (target.isLeaf()) {
                  values.add(Values.comparable(target.value()));
                }
              }
              return values;
            })
        .contains(Values.comparable(leaf.value()));
  }

  // The containers between are the only ones of their kind.
  private static @Nullable DataNode parentOf(SchemaNode list, DataNode from) {
    SchemaNode wanted = list.parent();
    if (wanted == null) {
      return null;
    }
    List<DataNode> found = new ArrayList<>(1);
    Instances.below(from, wanted, found::add);
    return found.isEmpty() ? null : found.getFirst();
  }
}
