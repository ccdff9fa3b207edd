package io.vireo.datastore.validate;

import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.NodeLookup;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.datastore.validate.RuleBook.Dependent;
import io.vireo.datastore.xpath.AccessibleTree;
import io.vireo.datastore.xpath.DataNode;
import io.vireo.datastore.xpath.Evaluator;
import io.vireo.datastore.xpath.Values;
import io.vireo.datastore.xpath.XPathFault;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Descendant;

/// One look at one tree: everything that its changes may have made wrong, and nothing else.
///
/// What came is looked at whole, with what stands above it; and of the rest those nodes whose
/// constraints look at what changed, as [RuleBook] knows from the schema. One thread, one use.
final class TreeCheck {
  // A client needs to see some errors, not all of ten thousand.
  private static final int ERRORS = 20;

  private final RuleBook book;
  private final Findings findings;
  private final AccessibleTree tree;
  private final @Nullable AccessibleTree before;
  private final List<Change> changes;
  private final Truths truths;
  private final LeafrefCheck leafrefs;
  private final DemandCheck demands;
  // Constraints to be looked at below certain nodes.
  private final Map<Constraint, Set<DataNode>> agenda = new LinkedHashMap<>();
  private final Map<Constraint, Set<DataNode>> done = new HashMap<>();
  // Lists that were counted.
  private final Set<DataNode> counted = new HashSet<>();
  private final Set<List<Object>> uniquesLooked = new HashSet<>();
  private final List<YangInstanceIdentifier> withered = new ArrayList<>();

  /// What came of it.
  ///
  /// @param withered nodes whose conditions hold no more: they go (RFC 7950 §8.2)
  record Outcome(List<ManagementError> errors, List<YangInstanceIdentifier> withered) {}

  /// @param before the tree before the changes; null: there was none
  TreeCheck(
      RuleBook book,
      TreeSchema schema,
      TreeId id,
      @Nullable ContainerNode before,
      ContainerNode after,
      List<Change> changes,
      Evaluator evaluator) {
    this.book = book;
    this.findings = new Findings(schema, id);
    this.truths = new Truths(evaluator);
    DefaultConditions defaults = new DefaultConditions(book, truths);
    this.tree = new AccessibleTree(book.tree(), after, defaults);
    this.before = before == null ? null : new AccessibleTree(book.tree(), before, defaults);
    this.changes = changes;
    this.leafrefs = new LeafrefCheck(evaluator, findings);
    this.demands = new DemandCheck(book, findings, truths, this::lookAtOwn);
  }

  Outcome run() {
    try {
      for (Change change : changes) {
        if (findings.count() > ERRORS) {
          break;
        }
        note(change);
        look(change);
      }
      if (!changes.isEmpty()) {
        book.unbounded().forEach(each -> plan(each, tree.root()));
        lookAtInstanceIdentifiers();
      }
      agenda.forEach((constraint, apexes) ->
          apexes.forEach(
              apex -> Instances.below(apex, constraint.node(), node -> look(constraint, node))));
      agenda.forEach((constraint, apexes) -> {
        if (constraint instanceof Constraint.When when) {
          apexes.forEach(apex -> lookAtDemandsOf(when, apex));
        }
      });
    } catch (XPathFault fault) {
      findings.unevaluable(fault);
    }
    // Nodes that go break no rule: what else is wrong shows when they are gone (RFC 7950 §8.2).
    return new Outcome(
        withered.isEmpty() ? findings.first(ERRORS) : findings.conditions(), withered);
  }

  // ---------------------------------------------------------------- who looks at what changed

  private void note(Change change) {
    List<SchemaNode> way = Places.wayTo(book.tree().root(), change.path());
    SchemaNode at = way.getLast();
    noteDependents(change, way, at);
    if (change.before() instanceof DataContainerNode
        || change.after() instanceof DataContainerNode
        || change.before() instanceof MapNode
        || change.after() instanceof MapNode) {
      noteBelow(change, way, at);
    }
    // Who looks at the text of all that is in a node.
    for (SchemaNode above : way) {
      for (Dependent dependent : book.dependentsOf(above)) {
        if (dependent.deep()) {
          plan(change, way, dependent);
        }
      }
    }
  }

  private void noteBelow(Change change, List<SchemaNode> way, SchemaNode at) {
    for (SchemaNode child : at.children()) {
      if (book.isWatched(child)) {
        noteDependents(change, way, child);
        noteBelow(change, way, child);
      }
    }
  }

  private void noteDependents(Change change, List<SchemaNode> way, SchemaNode target) {
    for (Dependent dependent : book.dependentsOf(target)) {
      if (!(dependent.constraint() instanceof Constraint.Refers refers)) {
        plan(change, way, dependent);
      } else if (!target.equals(refers.goal()) || !target.defaults().isEmpty()) {
        // It decides which targets there are.
        leafrefs.all(refers);
        plan(change, way, dependent);
      } else if (before != null && change.before() != null && way.contains(dependent.apex())) {
        // A target that comes can't break a reference, one that goes only those of its value.
        DataNode apexBefore = Places.nodeOf(before, change.path(), dependent.apex());
        if (apexBefore != null) {
          leafrefs.gone(dependent, apexBefore, change, target);
        }
        plan(change, way, dependent);
      }
    }
  }

  // An apex that came or went with the change has no constrained nodes outside of it.
  private void plan(Change change, List<SchemaNode> way, Dependent dependent) {
    if (way.contains(dependent.apex())) {
      DataNode apex = Places.nodeOf(tree, change.path(), dependent.apex());
      if (apex != null) {
        plan(dependent.constraint(), apex);
      }
    }
  }

  private void plan(Constraint constraint, DataNode apex) {
    agenda.computeIfAbsent(constraint, each -> new LinkedHashSet<>()).add(apex);
  }

  // ---------------------------------------------------------------- looking at what is there

  // At the nodes above what changed for themselves, at what came for all that is in it.
  private void look(Change change) {
    DataNode at = tree.root();
    PathWalk walk = new PathWalk(at.schema());
    NormalizedNode data = at.data();
    lookAtSelf(at);
    List<PathArgument> steps = change.path().getPathArguments();
    for (int i = 0; i < steps.size(); i++) {
      PathArgument step = steps.get(i);
      NormalizedNode next = NodeLookup.child(data, step);
      if (next == null) {
        return;
      }
      data = next;
      if (walk.take(step)) {
        at = tree.step(at, walk.at(), step, data);
        if (i + 1 < steps.size()) {
          lookAtSelf(at);
        }
      } else if (data instanceof MapNode || data instanceof LeafSetNode<?>) {
        lookAtList(at, walk.at(), data, change);
      }
    }
    if (change.after() instanceof MapNode || change.after() instanceof LeafSetNode<?>) {
      SchemaNode list = at.schema().lookup(change.after().name().getNodeType());
      if (list != null) {
        at.children(list, this::lookDeep);
      }
    } else if (change.after() != null) {
      lookDeep(at);
    }
  }

  private void lookDeep(DataNode node) {
    NodeRules rules = book.of(node.schema());
    if (rules != null) {
      lookDeep(node, rules);
    }
  }

  private void lookDeep(DataNode node, NodeRules rules) {
    if (findings.count() > ERRORS) {
      return;
    }
    if (!rules.isPlain()) {
      look(node, rules);
    }
    if (node.data() instanceof DataContainerNode holder) {
      for (NodeRules below : rules.below()) {
        SchemaNode child = below.node();
        NormalizedNode data = Instances.dataOf(child, holder);
        if (data != null) {
          if (child.hasEntries()) {
            lookAtList(node, child, data, null);
          }
          node.children(child, data, each -> lookDeep(each, below));
        }
      }
    }
  }

  // A node that is above a change: its constraints that look down are found as dependents.
  private void lookAtSelf(DataNode node) {
    NodeRules rules = book.of(node.schema());
    if (rules != null) {
      demands.once(node, rules);
    }
  }

  private void look(DataNode node, NodeRules rules) {
    if (!holds(node, rules)) {
      return;
    }
    lookAtOwn(node, rules);
    demands.check(node, rules);
  }

  private void lookAtOwn(DataNode node, NodeRules rules) {
    for (Constraint.Must must : rules.musts()) {
      look(must, node);
    }
    lookAtReferences(node, rules);
    if (rules.instance()) {
      lookAtInstance(node);
    }
  }

  private void lookAtReferences(DataNode node, NodeRules rules) {
    if (!rules.references().isEmpty()) {
      leafrefs.check(node, rules.references());
    }
  }

  private void look(Constraint constraint, DataNode node) {
    if (agenda.containsKey(constraint)
        && !done.computeIfAbsent(constraint, each -> new HashSet<>()).add(node)) {
      return;
    }
    switch (constraint) {
      case Constraint.Must must -> {
        if (!truths.holds(must, node)) {
          findings.must(node, must);
        }
      }
      case Constraint.When when -> holds(node, List.of(when));
      case Constraint.Refers refers -> {
        NodeRules rules = book.of(node.schema());
        if (rules != null && leafrefs.mayBeBroken(refers, node)) {
          lookAtReferences(node, rules);
        }
      }
    }
  }

  // ---------------------------------------------------------------- when

  private boolean holds(DataNode node, NodeRules rules) {
    return rules.whens().isEmpty() || holds(node, rules.whens());
  }

  private boolean holds(DataNode node, List<Constraint.When> whens) {
    for (Constraint.When when : whens) {
      if (!truths.holds(when, contextOf(when, node))) {
        if (!node.isImplied()) {
          if (isNew(node)) {
            findings.when(node, when);
          } else {
            withered.add(node.path());
          }
        }
        return false;
      }
    }
    return true;
  }

  private static DataNode contextOf(Constraint.When when, DataNode node) {
    DataNode parent = node.parent();
    return when.ofParent() && parent != null ? parent : node;
  }

  // It was not there before, or with another value.
  private boolean isNew(DataNode node) {
    DataNode was = before == null ? null : before.find(node.path());
    return was == null
        || was.isImplied()
        || (node.isLeaf() && !Values.equal(node.value(), was.value()));
  }

  // A condition that has come to hold makes what it stands at mandatory again.
  private void lookAtDemandsOf(Constraint.When when, DataNode apex) {
    SchemaNode parent = when.node().parent();
    if (parent != null) {
      Instances.below(
          apex,
          parent,
          node -> {
            NodeRules rules = book.of(node.schema());
            if (rules != null) {
              demands.once(node, rules);
            }
          });
    }
  }

  // ---------------------------------------------------------------- lists as a whole

  /// @param change what changed in it; null: all of it
  private void lookAtList(
      DataNode parent, SchemaNode list, NormalizedNode data, @Nullable Change change) {
    NodeRules rules = book.of(list);
    if (rules == null || !list.hasEntries()) {
      return;
    }
    boolean bounded = rules.least() > 0 || rules.most() != null;
    if (bounded && counted.add(Instances.listMarker(parent, list))) {
      int count = Instances.size(data);
      if (count < rules.least()) {
        findings.tooFew(parent, list, count, rules.least());
      }
      if (rules.most() != null && count > rules.most()) {
        findings.tooMany(parent, list, count, rules.most());
      }
    }
    if (data instanceof MapNode map) {
      List<SchemaNode> way =
          change == null ? List.of() : Places.wayTo(book.tree().root(), change.path());
      for (List<Descendant> unique : rules.uniques()) {
        if ((change == null || UniqueCheck.isConcerned(list, unique, way, change))
            && uniquesLooked.add(List.of(Instances.listMarker(parent, list), unique))) {
          UniqueCheck.check(parent, list, map, unique, findings);
        }
      }
    }
  }

  // ---------------------------------------------------------------- instance-identifiers

  // RFC 7950 §9.13. Anything that went may have been named.
  private void lookAtInstanceIdentifiers() {
    if (before == null) {
      // All of them came.
      return;
    }
    for (SchemaNode leaf : book.instanceIdentifiers()) {
      Instances.below(tree.root(), leaf, this::lookAtInstance);
    }
  }

  private void lookAtInstance(DataNode node) {
    if (node.value() instanceof YangInstanceIdentifier path && tree.find(path) == null) {
      findings.noInstance(node);
    }
  }
}
