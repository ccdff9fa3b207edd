package io.vireo.datastore.xpath;

import io.vireo.datastore.api.Selection;
import io.vireo.datastore.xpath.Expression.Axis;
import io.vireo.datastore.xpath.Expression.Pin;
import io.vireo.datastore.xpath.Expression.Step;
import io.vireo.datastore.xpath.Expression.Test;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;

/// Tells from an expression's first steps which top-level nodes it can be about. Where an
/// expression may look elsewhere, that is all.
final class QueryScope {
  private final Set<QName> deviceNodes = new HashSet<>();
  // Null: all.
  private @Nullable Set<String> routers = new HashSet<>();
  private @Nullable Set<QName> routerNodes = new HashSet<>();

  private QueryScope() {}

  static Selection of(Expression expression, SchemaTree device, SchemaTree router) {
    QueryScope scope = new QueryScope();
    List<Expression> paths =
        expression instanceof Expression.Union(var parts) ? parts : List.of(expression);
    for (Expression path : paths) {
      if (!scope.add(path, device, router)) {
        return Selection.ALL;
      }
    }
    return new Selection(scope.deviceNodes, scope.routers, scope.routerNodes);
  }

  private boolean add(Expression expression, SchemaTree device, SchemaTree router) {
    if (!(expression instanceof Expression.Path(var start, boolean absolute, List<Step> steps))
        || start != null
        || !absolute
        || steps.isEmpty()
        || !steps.stream().allMatch(QueryScope::isDownward)) {
      return false;
    }
    SchemaNode top = child(device.root(), steps.getFirst());
    if (top == null) {
      return named(steps.getFirst()) != null; // there is no such node
    }
    deviceNodes.add(top.name());
    if (top.hasMounts()) {
      addMounted(top, steps, router);
    }
    return true;
  }

  private void addMounted(SchemaNode top, List<Step> steps, SchemaTree router) {
    SchemaNode entry = steps.size() < 2 ? null : child(top, steps.get(1));
    SchemaNode mount = entry == null || steps.size() < 3 ? null : child(entry, steps.get(2));
    String name = entry == null ? null : pinned(entry, steps.get(1));
    boolean topLooksIn = !steps.getFirst().predicates().isEmpty();
    if (name == null || topLooksIn) {
      routers = null;
    } else if (routers != null) {
      routers.add(name);
    }
    // Predicates on the way down may look into the routers.
    boolean looksIn =
        topLooksIn
            || (entry != null
                && !steps.get(1).predicates().stream().allMatch(each -> looksAtLeafs(entry, each)))
            || (mount != null && mount.isMountPoint() && !steps.get(2).predicates().isEmpty());
    if (mount != null && !mount.isMountPoint() && !looksIn) {
      return;
    }
    SchemaNode mounted =
        mount == null || !mount.isMountPoint() || steps.size() < 4
            ? null
            : child(router.root(), steps.get(3));
    if (mounted == null || looksIn) {
      routerNodes = null;
    } else if (routerNodes != null) {
      routerNodes.add(mounted.name());
    }
  }

  /// Whether a predicate of an entry compares nothing but its own leafs with what is written there.
  private static boolean looksAtLeafs(SchemaNode entry, Expression predicate) {
    return switch (predicate) {
      case Expression.And(var parts) -> parts.stream().allMatch(each -> looksAtLeafs(entry, each));
      case Expression.Or(var parts) -> parts.stream().allMatch(each -> looksAtLeafs(entry, each));
      case Expression.Comparison(var relation, var left, var right) ->
          looksAtLeafs(entry, left) && looksAtLeafs(entry, right);
      case Expression.Literal literal -> true;
      case Expression.Number number -> true;
      case Expression.Path(var start, boolean absolute, var steps) -> {
        SchemaNode leaf =
            start == null && steps.size() == 1 ? child(entry, steps.getFirst()) : null;
        yield leaf != null && leaf.kind() == NodeKind.LEAF;
      }
      default -> false;
    };
  }

  private static @Nullable String pinned(SchemaNode list, Step step) {
    for (Pin pin : step.pins()) {
      if (list.keys().size() == 1
          && pin.key().getLocalName().equals(list.keys().getFirst().getLocalName())
          && pin.value() instanceof Expression.Literal(var text, var name)) {
        return text;
      }
    }
    return null;
  }

  private static @Nullable SchemaNode child(SchemaNode parent, Step step) {
    QName name = named(step);
    return name == null ? null : parent.lookup(name);
  }

  private static @Nullable QName named(Step step) {
    return step.axis() == Axis.CHILD && step.test() instanceof Test.Named(QName name) ? name : null;
  }

  private static boolean isDownward(Step step) {
    return switch (step.axis()) {
      case CHILD, SELF, DESCENDANT, DESCENDANT_OR_SELF ->
          step.predicates().stream().allMatch(QueryScope::staysBelow);
      case PARENT, ANCESTOR, ANCESTOR_OR_SELF, FOLLOWING_SIBLING, PRECEDING_SIBLING -> false;
    };
  }

  /// Whether an expression looks at nothing but what is below its context node.
  private static boolean staysBelow(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> true;
      case Expression.Number number -> true;
      case Expression.Truth truth -> true;
      case Expression.And(var parts) -> parts.stream().allMatch(QueryScope::staysBelow);
      case Expression.Or(var parts) -> parts.stream().allMatch(QueryScope::staysBelow);
      case Expression.Union(var parts) -> parts.stream().allMatch(QueryScope::staysBelow);
      case Expression.Comparison(var relation, var left, var right) ->
          staysBelow(left) && staysBelow(right);
      case Expression.Arithmetic(var sign, var left, var right) ->
          staysBelow(left) && staysBelow(right);
      case Expression.Negation(var operand) -> staysBelow(operand);
      case Expression.Call(var function, var arguments) ->
          function != YangFunction.CURRENT
              && function != YangFunction.DEREF
              && arguments.stream().allMatch(QueryScope::staysBelow);
      case Expression.Filter(var operand, var predicates) ->
          staysBelow(operand) && predicates.stream().allMatch(QueryScope::staysBelow);
      case Expression.Path(var start, boolean absolute, var steps) ->
          !absolute
              && (start == null || staysBelow(start))
              && steps.stream().allMatch(QueryScope::isDownward);
    };
  }
}
