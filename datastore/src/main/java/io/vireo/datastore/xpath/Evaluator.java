package io.vireo.datastore.xpath;

import io.vireo.datastore.xpath.Expression.Axis;
import io.vireo.datastore.xpath.Expression.Step;
import io.vireo.datastore.xpath.Expression.Test;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;

/// Evaluates expressions, and counts what that takes. One thread.
public final class Evaluator {
  // Of one expression at one node.
  private static final long VISITS = 50_000_000;

  private static final long NEVER = Long.MAX_VALUE;

  private final LeafReferences references;
  private long evaluations;
  private long visits;
  private long compared;
  private final long most;
  private final long untilNs;
  private long limit;

  /// @param references where leafrefs lead, for deref()
  public Evaluator(LeafReferences references) {
    this(references, VISITS, NEVER);
  }

  /// @param most how many nodes one expression may visit
  /// @param timeNs how long this evaluator may take, from now on
  Evaluator(LeafReferences references, long most, long timeNs) {
    this.references = references;
    this.most = most;
    this.limit = most;
    this.untilNs = timeNs == NEVER ? NEVER : System.nanoTime() + timeNs;
  }

  /// How many expressions were evaluated, predicates not counted.
  public long evaluations() {
    return evaluations;
  }

  /// How many nodes were visited.
  public long visits() {
    return visits;
  }

  /// What an expression comes to at a node.
  public Value evaluate(Expression expression, DataNode node) {
    evaluations++;
    limit = visits + compared + most;
    return evaluate(expression, Scope.of(node));
  }

  Value evaluate(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Literal(var text, var name) -> new Value.Text(text);
      case Expression.Number(double value) -> new Value.Numeral(value);
      case Expression.Truth(boolean value) -> Value.of(value);
      case Expression.Negation(var operand) ->
          new Value.Numeral(-evaluate(operand, scope).number());
      case Expression.And(var parts) -> {
        boolean all = true;
        for (int i = 0; i < parts.size() && all; i++) {
          all = evaluate(parts.get(i), scope).truth();
        }
        yield Value.of(all);
      }
      case Expression.Or(var parts) -> {
        boolean any = false;
        for (int i = 0; i < parts.size() && !any; i++) {
          any = evaluate(parts.get(i), scope).truth();
        }
        yield Value.of(any);
      }
      case Expression.Union(var parts) -> {
        Collection<DataNode> union = new LinkedHashSet<>();
        parts.forEach(part -> union.addAll(nodes(evaluate(part, scope))));
        yield new Value.Nodes(DocumentOrder.sorted(union));
      }
      case Expression.Comparison comparison -> Value.of(compare(comparison, scope));
      case Expression.Arithmetic(var sign, var left, var right) ->
          new Value.Numeral(
              arithmetic(sign, evaluate(left, scope).number(), evaluate(right, scope).number()));
      case Expression.Call(var function, var arguments) ->
          new Functions(this, references, scope).call(function, arguments);
      case Expression.Filter(var operand, var predicates) -> {
        List<DataNode> found = nodes(evaluate(operand, scope));
        for (Expression predicate : predicates) {
          found = filtered(found, predicate, scope);
        }
        yield new Value.Nodes(found);
      }
      case Expression.Path path -> new Value.Nodes(path(path, scope));
    };
  }

  static List<DataNode> nodes(Value value) {
    if (value instanceof Value.Nodes(var nodes)) {
      return nodes;
    }
    throw new XPathFault("'" + value.text() + "' stands where nodes are wanted");
  }

  private boolean compare(Expression.Comparison comparison, Scope scope) {
    Value left = evaluate(comparison.left(), scope);
    Value right = evaluate(comparison.right(), scope);
    if (left instanceof Value.Nodes(var some) && right instanceof Value.Nodes(var others)) {
      // Equal ones are found by hash, of others each is held against each at worst.
      compared +=
          comparison.relation() == Expression.Relation.EQUAL
              ? some.size() + (long) others.size()
              : (long) some.size() * others.size();
      requireWithinLimit();
    }
    return Comparisons.compare(
        comparison.relation(), left, comparison.left(), right, comparison.right());
  }

  private static double arithmetic(Expression.Sign sign, double left, double right) {
    return switch (sign) {
      case PLUS -> left + right;
      case MINUS -> left - right;
      case TIMES -> left * right;
      case DIVIDED -> left / right;
      case REMAINDER -> left % right;
    };
  }

  private List<DataNode> path(Expression.Path path, Scope scope) {
    List<DataNode> at;
    if (path.start() != null) {
      at = nodes(evaluate(path.start(), scope));
    } else {
      // Of a mounted tree's models that is its own root; of who asks about all of it, its root.
      at = List.of(path.absolute() ? scope.current().tree().root() : scope.node());
    }
    for (Step step : path.steps()) {
      if (at.isEmpty()) {
        return at;
      }
      at = step(at, step, scope);
    }
    return at;
  }

  private List<DataNode> step(List<DataNode> from, Step step, Scope scope) {
    if (from.size() == 1) {
      return step(from.getFirst(), step, scope);
    }
    Collection<DataNode> all = new LinkedHashSet<>();
    for (DataNode node : from) {
      all.addAll(step(node, step, scope));
    }
    return List.copyOf(all);
  }

  private List<DataNode> step(DataNode from, Step step, Scope scope) {
    List<DataNode> found = new ArrayList<>();
    axis(from, step, scope, found);
    visits += found.size() + 1;
    requireWithinLimit();
    List<DataNode> kept = found;
    for (Expression predicate : step.predicates()) {
      kept = filtered(kept, predicate, scope);
    }
    // XPath 1.0 §2.4: positions count backwards on these axes, nodes stand in document order.
    return switch (step.axis()) {
      case ANCESTOR, ANCESTOR_OR_SELF, PRECEDING_SIBLING -> kept.reversed();
      default -> kept;
    };
  }

  private List<DataNode> filtered(List<DataNode> nodes, Expression predicate, Scope scope) {
    List<DataNode> kept = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      requireWithinLimit();
      Value value = evaluate(predicate, scope.at(nodes.get(i), i + 1, nodes.size()));
      // XPath 1.0 §2.4: a number is a position.
      boolean keep =
          value instanceof Value.Numeral(double number) ? number == i + 1 : value.truth();
      if (keep) {
        kept.add(nodes.get(i));
      }
    }
    return kept;
  }

  private void axis(DataNode from, Step step, Scope scope, List<DataNode> found) {
    Consumer<DataNode> take =
        node -> {
          if (fits(step.test(), node)) {
            found.add(node);
          }
        };
    switch (step.axis()) {
      case SELF -> take.accept(from);
      case PARENT -> {
        DataNode parent = from.parent();
        if (parent != null) {
          take.accept(parent);
        }
      }
      case ANCESTOR, ANCESTOR_OR_SELF -> {
        DataNode at = step.axis() == Axis.ANCESTOR ? from.parent() : from;
        for (; at != null; at = at.parent()) {
          take.accept(at);
        }
      }
      case CHILD -> children(from, step, scope, found);
      case DESCENDANT -> from.children(child -> descend(child, take));
      case DESCENDANT_OR_SELF -> descend(from, take);
      case FOLLOWING_SIBLING, PRECEDING_SIBLING -> siblings(from, step.axis(), take);
    }
  }

  private void children(DataNode from, Step step, Scope scope, List<DataNode> found) {
    if (!(step.test() instanceof Test.Named(QName name))) {
      from.children(child -> {
        if (fits(step.test(), child)) {
          found.add(child);
        }
      });
      return;
    }
    SchemaNode child = from.schema().lookup(name);
    if (child == null) {
      return;
    }
    if (child.kind() == NodeKind.LIST) {
      List<NodeIdentifierWithPredicates> names = Pins.names(child, step.pins(), this, scope);
      if (names != null) {
        for (NodeIdentifierWithPredicates entry : names) {
          DataNode node = from.entry(child, entry);
          if (node != null) {
            found.add(node);
          }
        }
        return;
      }
    }
    from.children(child, found::add);
  }

  private void requireWithinLimit() {
    if (visits + compared > limit) {
      throw new XPathFault("the expression visits more than " + most + " nodes");
    }
    if (untilNs != NEVER && System.nanoTime() - untilNs > 0) {
      throw new XPathFault("the expression takes too long");
    }
  }

  private void descend(DataNode node, Consumer<DataNode> take) {
    visits++;
    requireWithinLimit();
    take.accept(node);
    node.children(child -> descend(child, take));
  }

  // In the parent's order of children.
  private static void siblings(DataNode from, Axis axis, Consumer<DataNode> take) {
    DataNode parent = from.parent();
    if (parent == null) {
      return;
    }
    List<DataNode> all = new ArrayList<>();
    parent.children(all::add);
    int at = all.indexOf(from);
    if (at < 0) {
      // RFC 7950 §7.21.5: one that is not there stands in its place, which the schema's order
      // gives.
      List<SchemaNode> order = parent.schema().children();
      int own = order.indexOf(from.schema());
      all.add((int) all.stream().filter(node -> order.indexOf(node.schema()) < own).count(), from);
      at = all.indexOf(from);
    }
    if (axis == Axis.FOLLOWING_SIBLING) {
      all.subList(at + 1, all.size()).forEach(take);
    } else {
      all.subList(0, at).reversed().forEach(take);
    }
  }

  // The root is a node of no name.
  private static boolean fits(Test test, DataNode node) {
    return switch (test) {
      case Test.Any() -> true;
      case Test.AnyName() -> node.parent() != null;
      case Test.Named(QName name) ->
          node.parent() != null
              && node.qualifiedName().getLocalName().equals(name.getLocalName())
              && node.qualifiedName().getNamespace().equals(name.getNamespace());
      case Test.OfModule(var module) ->
          node.parent() != null && node.qualifiedName().getNamespace().equals(module.namespace());
    };
  }
}
