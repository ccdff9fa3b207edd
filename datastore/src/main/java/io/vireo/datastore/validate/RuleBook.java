package io.vireo.datastore.validate;

import io.vireo.datastore.xpath.Expression;
import io.vireo.datastore.xpath.ExpressionParser;
import io.vireo.datastore.xpath.Footprint;
import io.vireo.datastore.xpath.LeafReferences;
import io.vireo.datastore.xpath.LeafReferences.Reference;
import io.vireo.schema.node.ChoiceStep;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.type.TypedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraintAware;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.MandatoryAware;
import org.opendaylight.yangtools.yang.model.api.MustConstraintAware;
import org.opendaylight.yangtools.yang.model.api.MustDefinition;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Descendant;
import org.opendaylight.yangtools.yang.model.api.stmt.UniqueEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// The rules of all configuration nodes of a schema, worked out once; and, the other way round, the
/// constraints that a change of a node may concern. Immutable, shared by all threads.
final class RuleBook {
  private final SchemaTree tree;
  private final LeafReferences references = new LeafReferences();
  private final Map<SchemaNode, NodeRules> rules = new HashMap<>();
  private final Map<SchemaNode, List<Dependent>> dependents = new HashMap<>();
  private final List<Constraint> unbounded = new ArrayList<>();
  // Nodes with dependents at them or below: the others need no look when they come or go.
  private final Set<SchemaNode> watched = new HashSet<>();
  private final List<SchemaNode> instanceIdentifiers = new ArrayList<>();

  // Nodes with a default, or with one below.
  private volatile @Nullable Set<SchemaNode> withDefaults;

  /// A constraint that looks at some node.
  ///
  /// @param apex concerned are the constrained nodes below the same instance of it
  /// @param deep whether what is below the node counts too
  record Dependent(Constraint constraint, SchemaNode apex, boolean deep) {}

  RuleBook(SchemaTree tree) {
    this.tree = tree;
    collect(tree.root());
    rules
        .values()
        .forEach(each -> {
          each.whens().forEach(this::index);
          each.musts().forEach(this::index);
          each.references().forEach(this::index);
          if (each.instance()) {
            instanceIdentifiers.add(each.node());
          }
        });
  }

  SchemaTree tree() {
    return tree;
  }

  LeafReferences references() {
    return references;
  }

  /// The rules of a configuration node; those of others are none.
  @Nullable NodeRules of(SchemaNode node) {
    return rules.get(node);
  }

  /// The constraints that look at a node.
  List<Dependent> dependentsOf(SchemaNode node) {
    return dependents.getOrDefault(node, List.of());
  }

  /// Whether any constraint looks at the node or below it.
  boolean isWatched(SchemaNode node) {
    return watched.contains(node);
  }

  /// Constraints that may look at anything.
  List<Constraint> unbounded() {
    return unbounded;
  }

  /// Leafs whose value must name a node that is there.
  List<SchemaNode> instanceIdentifiers() {
    return instanceIdentifiers;
  }

  /// The nodes with a default, and those above them. Worked out when it is first asked.
  Set<SchemaNode> withDefaults() {
    Set<SchemaNode> known = withDefaults;
    if (known == null) {
      known = new HashSet<>();
      collectDefaults(tree.root(), known);
      withDefaults = known;
    }
    return known;
  }

  private static boolean collectDefaults(SchemaNode node, Set<SchemaNode> found) {
    boolean any = !node.defaults().isEmpty();
    for (SchemaNode child : node.children()) {
      any |= collectDefaults(child, found);
    }
    if (any) {
      found.add(node);
    }
    return any;
  }

  private NodeRules collect(SchemaNode node) {
    List<NodeRules> below = new ArrayList<>();
    for (SchemaNode child : node.children()) {
      if (child.isConfig()) {
        NodeRules each = collect(child);
        if (each.isWorthALook()) {
          below.add(each);
        }
      }
    }
    NodeRules own = rulesOf(node, below);
    rules.put(node, own);
    return own;
  }

  private NodeRules rulesOf(SchemaNode node, List<NodeRules> below) {
    int least = 0;
    Integer most = null;
    if (node.schema() instanceof ElementCountConstraintAware counted
        && counted.getElementCountConstraint().isPresent()) {
      var range = counted.getElementCountConstraint().get();
      least = range.getMinElements() == null ? 0 : range.getMinElements();
      most = range.getMaxElements();
    }
    return new NodeRules(
        node,
        node.parent() == null ? List.of() : Conditions.of(node, references),
        musts(node),
        references(node),
        requiresInstance(node),
        least,
        most,
        uniques(node),
        demands(node),
        List.copyOf(below));
  }

  private List<Constraint.Must> musts(SchemaNode node) {
    List<Constraint.Must> musts = new ArrayList<>();
    if (node.schema() instanceof MustConstraintAware aware) {
      for (MustDefinition must : aware.getMustConstraints()) {
        Expression expression = ExpressionParser.of(must.getXpath(), node.name().getModule());
        musts.add(
            new Constraint.Must(
                node,
                expression,
                must.getXpath().toString(),
                must.getErrorAppTag().orElse(null),
                must.getErrorMessage().orElse(null),
                Footprint.of(expression, node, references, Conditions::expressions)));
      }
    }
    return List.copyOf(musts);
  }

  private List<Constraint.Refers> references(SchemaNode node) {
    if (!isLeaf(node)) {
      return List.of();
    }
    List<Reference> all = references.of(node);
    // Where one alternative need not lead anywhere, any value is good.
    if (all.isEmpty() || !all.stream().allMatch(Reference::required)) {
      return List.of();
    }
    List<TypedText> others = new ArrayList<>();
    collectOthers(node, node.declaredType(), others);
    return all.stream()
        .map(reference ->
            new Constraint.Refers(
                node,
                reference,
                List.copyOf(others),
                goal(node, reference.path()),
                keyedTarget(node, reference.path()),
                Footprint.of(reference.path(), node, references, Conditions::expressions)))
        .toList();
  }

  // A union's members that are no references.
  private static void collectOthers(
      SchemaNode leaf, TypeDefinition<?> type, List<TypedText> others) {
    if (type instanceof UnionTypeDefinition union) {
      union.getTypes().forEach(member -> collectOthers(leaf, member, others));
    } else if (!(type instanceof LeafrefTypeDefinition)) {
      others.add(TypedText.of(type, leaf::resolve));
    }
  }

  private static @Nullable SchemaNode goal(SchemaNode from, Expression path) {
    if (!(path instanceof Expression.Path(var start, boolean absolute, var steps))
        || start != null) {
      return null;
    }
    SchemaNode at = absolute ? from.tree().root() : from;
    for (Expression.Step step : steps) {
      if (at == null || !step.predicates().isEmpty()) {
        return null;
      }
      at =
          switch (step.axis()) {
            case PARENT -> at.parent();
            case CHILD ->
                step.test() instanceof Expression.Test.Named(var name) ? at.lookup(name) : null;
            default -> null;
          };
    }
    return at;
  }

  // A path of names only that ends at the only key of a list, with no other list on its way down.
  private static @Nullable SchemaNode keyedTarget(SchemaNode from, Expression path) {
    if (!(path instanceof Expression.Path(var start, boolean absolute, var steps))
        || start != null) {
      return null;
    }
    SchemaNode at = absolute ? from.tree().root() : from;
    SchemaNode list = null;
    for (Expression.Step step : steps) {
      if (!step.predicates().isEmpty() || at == null || list != null && list != at) {
        return null;
      }
      switch (step.axis()) {
        case PARENT -> at = at.parent();
        case CHILD -> {
          at = step.test() instanceof Expression.Test.Named(var name) ? at.lookup(name) : null;
          if (at != null && at.kind() == NodeKind.LIST) {
            if (list != null) {
              return null;
            }
            list = at;
          }
        }
        default -> {
          return null;
        }
      }
    }
    return list != null
            && at != null
            && list.equals(at.parent())
            && at.isKey()
            && list.keys().size() == 1
        ? list
        : null;
  }

  private static boolean isLeaf(SchemaNode node) {
    return node.kind() == NodeKind.LEAF || node.kind() == NodeKind.LEAF_LIST;
  }

  private static boolean requiresInstance(SchemaNode node) {
    return isLeaf(node)
        && node.declaredType() instanceof InstanceIdentifierTypeDefinition
        && RequireInstance.of(node);
  }

  private static List<List<Descendant>> uniques(SchemaNode node) {
    if (!(node.schema() instanceof ListSchemaNode)
        || !(node.schema() instanceof EffectiveStatement<?, ?> statement)) {
      return List.of();
    }
    return statement
        .streamEffectiveSubstatements(UniqueEffectiveStatement.class)
        .map(unique -> List.copyOf(unique.argument()))
        .toList();
  }

  private List<Demand> demands(SchemaNode node) {
    List<Demand> demands = new ArrayList<>();
    Set<Object> choicesSeen = new HashSet<>();
    for (SchemaNode child : node.children()) {
      if (!child.isConfig()) {
        continue;
      }
      for (int i = 0; i < child.choices().size(); i++) {
        ChoiceStep step = child.choices().get(i);
        List<ChoiceStep> outer = child.choices().subList(0, i);
        if (step.choiceSchema().isMandatory() && choicesSeen.add(step.choiceSchema())) {
          demands.add(
              new Demand.Choice(step, outer, Conditions.ofChoice(child, outer, step, references)));
        }
      }
      NodeRules below = rules.get(child);
      if (below != null) {
        demand(child, below, demands);
      }
    }
    return List.copyOf(demands);
  }

  private static void demand(SchemaNode child, NodeRules below, List<Demand> demands) {
    switch (child.kind()) {
      case LEAF, ANYDATA -> {
        if (child.schema() instanceof MandatoryAware aware
            && aware.isMandatory()
            && !child.isKey()) {
          demands.add(new Demand.Child(child, child.choices(), below.whens()));
        } else {
          demandOfDefault(child, below, demands);
        }
      }
      case LIST, LEAF_LIST -> {
        if (below.least() > 0) {
          demands.add(new Demand.Entries(child, below.least(), child.choices(), below.whens()));
        } else if (child.kind() == NodeKind.LEAF_LIST) {
          demandOfDefault(child, below, demands);
        }
      }
      case CONTAINER -> {
        boolean must = !below.musts().isEmpty();
        if (!child.isPresence() && !child.isMountPoint() && (must || !below.demands().isEmpty())) {
          demands.add(new Demand.Implied(child, child.choices(), below.whens()));
        }
      }
      case ROOT -> {}
    }
  }

  // RFC 7950 §7.5.3: rules hold for defaults in use, too.
  private static void demandOfDefault(SchemaNode leaf, NodeRules rules, List<Demand> demands) {
    boolean ruled = !rules.musts().isEmpty() || !rules.references().isEmpty() || rules.instance();
    if (ruled && !leaf.defaults().isEmpty()) {
      demands.add(new Demand.Implied(leaf, leaf.choices(), rules.whens()));
    }
  }

  private void index(Constraint constraint) {
    Footprint footprint = constraint.footprint();
    if (!footprint.bounded()) {
      unbounded.add(constraint);
    }
    for (Footprint.Reach reach : footprint.reaches()) {
      dependents
          .computeIfAbsent(reach.target(), node -> new ArrayList<>())
          .add(new Dependent(constraint, reach.apex(), reach.deep()));
      for (SchemaNode at = reach.target(); at != null; at = at.parent()) {
        watched.add(at);
      }
    }
  }
}
