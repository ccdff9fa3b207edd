package io.vireo.datastore.xpath;

import io.vireo.datastore.xpath.Expression.Axis;
import io.vireo.datastore.xpath.Expression.Step;
import io.vireo.datastore.xpath.Expression.Test;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;

/// Which nodes an expression can look at, found from the schema alone.
///
/// @param reaches the nodes that its value depends on
/// @param apex the expression has one value for all its context nodes below one instance of this
///   schema node, which is the context's own or above it
/// @param bounded false where it may lead anywhere: what an instance-identifier names
public record Footprint(Set<Reach> reaches, SchemaNode apex, boolean bounded) {
  /// Nodes that an expression looks at.
  ///
  /// @param target their schema node
  /// @param apex where the way from the context node up ends and the way down begins: a context
  ///   node is concerned by those targets that are below the same instance of it
  /// @param deep whether all below the target counts too
  public record Reach(SchemaNode target, SchemaNode apex, boolean deep) {}

  /// The conditions under which a node is there: an expression that meets a default, or a container
  /// without presence, looks at what they look at.
  @FunctionalInterface
  public interface Conditions {
    List<Condition> of(SchemaNode node);
  }

  /// @param ofParent whether the context node is the parent data node
  public record Condition(Expression expression, boolean ofParent) {}

  /// @param context the schema node of the context node
  public static Footprint of(
      Expression expression, SchemaNode context, LeafReferences references, Conditions conditions) {
    Walk walk = new Walk(references, conditions, context);
    walk.look(expression, new Spot(context, context), true);
    return new Footprint(Set.copyOf(walk.reaches), walk.apex(context), walk.bounded);
  }

  /// Where a path has come to.
  private record Spot(SchemaNode node, SchemaNode apex) {
    Spot up() {
      SchemaNode parent = node.parent();
      if (parent == null) {
        return this;
      }
      return new Spot(parent, node.equals(apex) ? parent : apex);
    }
  }

  private static final class Walk {
    final LeafReferences references;
    final Conditions conditions;
    final Set<Spot> conditioned = new LinkedHashSet<>();
    Spot current;
    final Set<Reach> reaches = new LinkedHashSet<>();
    final Set<SchemaNode> apexes = new LinkedHashSet<>();
    boolean bounded = true;

    Walk(LeafReferences references, Conditions conditions, SchemaNode context) {
      this.references = references;
      this.conditions = conditions;
      this.current = new Spot(context, context);
    }

    // The lowest of the places where ways turn; an expression without ways is the root's.
    SchemaNode apex(SchemaNode context) {
      SchemaNode at = context;
      while (at.parent() != null && !apexes.contains(at)) {
        at = at.parent();
      }
      return at;
    }

    /// Looks through an expression.
    ///
    /// @param text whether its nodes' text counts, not just whether there are any
    /// @return where its nodes are, if it is of nodes
    Set<Spot> look(Expression expression, Spot at, boolean text) {
      switch (expression) {
        case Expression.Literal literal -> {}
        case Expression.Number number -> {}
        case Expression.Truth truth -> {}
        case Expression.And(var parts) -> parts.forEach(part -> look(part, at, false));
        case Expression.Or(var parts) -> parts.forEach(part -> look(part, at, false));
        case Expression.Negation(var operand) -> look(operand, at, true);
        case Expression.Comparison(var relation, var left, var right) -> {
          look(left, at, true);
          look(right, at, true);
        }
        case Expression.Arithmetic(var sign, var left, var right) -> {
          look(left, at, true);
          look(right, at, true);
        }
        case Expression.Union(var parts) -> {
          Set<Spot> all = new LinkedHashSet<>();
          parts.forEach(part -> all.addAll(look(part, at, text)));
          return all;
        }
        case Expression.Filter(var operand, var predicates) -> {
          Set<Spot> found = look(operand, at, text);
          found.forEach(spot -> predicates.forEach(each -> look(each, spot, true)));
          return found;
        }
        case Expression.Call(var function, var arguments) -> {
          return call(function, arguments, at);
        }
        case Expression.Path path -> {
          return path(path, at, text);
        }
      }
      return Set.of();
    }

    private Set<Spot> call(YangFunction function, List<Expression> arguments, Spot at) {
      switch (function) {
        case CURRENT -> {
          reach(current, true);
          return Set.of(current);
        }
        case DEREF -> {
          Set<Spot> led = new LinkedHashSet<>();
          for (Spot leaf : look(arguments.getFirst(), at, true)) {
            led.addAll(deref(leaf));
          }
          return led;
        }
        case COUNT, NOT, BOOLEAN -> look(arguments.getFirst(), at, false);
        case STRING, NUMBER, STRING_LENGTH, NORMALIZE_SPACE, LOCAL_NAME, NAME, NAMESPACE_URI -> {
          if (arguments.isEmpty()) {
            reach(at, true);
          } else {
            look(arguments.getFirst(), at, true);
          }
        }
        default -> arguments.forEach(argument -> look(argument, at, true));
      }
      return Set.of();
    }

    private Set<Spot> deref(Spot leaf) {
      if (!isLeaf(leaf.node)) {
        return Set.of();
      }
      if (leaf.node.declaredType() instanceof InstanceIdentifierTypeDefinition) {
        bounded = false;
        return Set.of();
      }
      Set<Spot> led = new LinkedHashSet<>();
      // RFC 7950 §9.9.2: current() in the path is the leaf.
      Spot outer = current;
      current = leaf;
      for (LeafReferences.Reference reference : references.of(leaf.node)) {
        led.addAll(look(reference.path(), leaf, true));
      }
      current = outer;
      return led;
    }

    private Set<Spot> path(Expression.Path path, Spot at, boolean text) {
      Set<Spot> spots;
      if (path.start() != null) {
        spots =
            path.start() instanceof Expression.Call(var function, var none)
                    && function == YangFunction.CURRENT
                ? Set.of(current)
                : look(path.start(), at, false);
      } else if (path.absolute()) {
        SchemaNode root = at.node.tree().root();
        spots = Set.of(new Spot(root, root));
      } else {
        spots = Set.of(at);
      }
      for (Step step : path.steps()) {
        Set<Spot> next = new LinkedHashSet<>();
        for (Spot spot : spots) {
          step(spot, step, next);
        }
        for (Spot spot : next) {
          condition(spot);
          step.predicates().forEach(predicate -> look(predicate, spot, true));
        }
        spots = next;
      }
      spots.forEach(spot -> reach(spot, text));
      return spots;
    }

    // Where it is there without being configured, its conditions tell whether it is.
    private void condition(Spot spot) {
      boolean implied =
          spot.node.kind() == NodeKind.CONTAINER
              ? !spot.node.isPresence()
              : isLeaf(spot.node) && !spot.node.defaults().isEmpty();
      if (!implied || !conditioned.add(spot)) {
        return;
      }
      cases(spot);
      Spot outer = current;
      for (Condition condition : conditions.of(spot.node)) {
        current = condition.ofParent ? spot.up() : spot;
        look(condition.expression, current, true);
      }
      current = outer;
    }

    // RFC 7950 §7.6.1: in use or not by what else is there of the choices around it.
    private void cases(Spot spot) {
      SchemaNode parent = spot.node.parent();
      if (parent == null || spot.node.choices().isEmpty()) {
        return;
      }
      Spot apex = spot.node.equals(spot.apex) ? spot.up() : spot;
      apexes.add(apex.apex);
      for (SchemaNode sibling : parent.children()) {
        boolean shares =
            sibling.choices().stream()
                .anyMatch(step ->
                    spot.node.choices().stream()
                        .anyMatch(own -> own.choice().equals(step.choice())));
        if (shares) {
          reaches.add(new Reach(sibling, apex.apex, true));
        }
      }
    }

    private static boolean isLeaf(SchemaNode node) {
      return node.kind() == NodeKind.LEAF || node.kind() == NodeKind.LEAF_LIST;
    }

    private void reach(Spot spot, boolean text) {
      boolean leaf = spot.node.kind() == NodeKind.LEAF || spot.node.kind() == NodeKind.LEAF_LIST;
      apexes.add(spot.apex);
      reaches.add(new Reach(spot.node, spot.apex, text && !leaf));
    }

    private static void step(Spot from, Step step, Set<Spot> next) {
      switch (step.axis()) {
        case SELF -> add(from, step.test(), next);
        case PARENT -> add(from.up(), step.test(), next);
        case CHILD -> children(from, step.test(), next);
        case DESCENDANT ->
            from.node
                .children()
                .forEach(child -> descend(new Spot(child, from.apex), step.test(), next));
        case DESCENDANT_OR_SELF -> descend(from, step.test(), next);
        case ANCESTOR, ANCESTOR_OR_SELF -> {
          Spot at = step.axis() == Axis.ANCESTOR ? from.up() : from;
          add(at, step.test(), next);
          while (at.node.parent() != null) {
            at = at.up();
            add(at, step.test(), next);
          }
        }
        case FOLLOWING_SIBLING, PRECEDING_SIBLING -> children(from.up(), step.test(), next);
      }
    }

    private static void children(Spot from, Test test, Set<Spot> next) {
      if (test instanceof Test.Named(QName name)) {
        @Nullable SchemaNode child = from.node.lookup(name);
        if (child != null) {
          next.add(new Spot(child, from.apex));
        }
        return;
      }
      for (SchemaNode child : from.node.children()) {
        add(new Spot(child, from.apex), test, next);
      }
    }

    private static void descend(Spot from, Test test, Set<Spot> next) {
      add(from, test, next);
      for (SchemaNode child : new ArrayList<>(from.node.children())) {
        descend(new Spot(child, from.apex), test, next);
      }
    }

    private static void add(Spot spot, Test test, Set<Spot> next) {
      boolean fits =
          switch (test) {
            case Test.Any(), Test.AnyName() -> true;
            case Test.Named(QName name) ->
                spot.node.name().getLocalName().equals(name.getLocalName())
                    && spot.node.name().getNamespace().equals(name.getNamespace());
            case Test.OfModule(var module) ->
                spot.node.name().getNamespace().equals(module.namespace());
          };
      if (fits) {
        next.add(spot);
      }
    }
  }
}
