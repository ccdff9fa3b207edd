package io.vireo.datastore.xpath;

import io.vireo.datastore.xpath.Expression.Relation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;

/// XPath 1.0 §3.4: comparisons, of nodes by whether any of them compares.
final class Comparisons {
  private Comparisons() {}

  static boolean compare(
      Relation relation, Value left, Expression leftFrom, Value right, Expression rightFrom) {
    return switch (left) {
      case Value.Nodes(var nodes) when right instanceof Value.Nodes(var others) ->
          nodes(relation, nodes, others);
      case Value.Nodes(var nodes) -> any(relation, nodes, right, nameOf(rightFrom));
      default ->
          right instanceof Value.Nodes(var nodes)
              ? any(mirrored(relation), nodes, left, nameOf(leftFrom))
              : plain(relation, left, right);
    };
  }

  private static @Nullable QName nameOf(Expression from) {
    return from instanceof Expression.Literal(var text, var name) ? name : null;
  }

  private static boolean nodes(Relation relation, List<DataNode> left, List<DataNode> right) {
    if (relation == Relation.EQUAL && left.size() > 1 && right.size() > 1) {
      Set<String> texts = new HashSet<>();
      left.forEach(node -> texts.add(NodeText.of(node)));
      return right.stream().anyMatch(node -> texts.contains(NodeText.of(node)));
    }
    for (DataNode one : left) {
      Value text = new Value.Text(NodeText.of(one));
      for (DataNode other : right) {
        if (plain(relation, text, new Value.Text(NodeText.of(other)))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean any(
      Relation relation, List<DataNode> nodes, Value other, @Nullable QName name) {
    if (other instanceof Value.Truth) {
      return plain(relation, Value.of(!nodes.isEmpty()), other);
    }
    for (DataNode node : nodes) {
      // RFC 7950 §9.10.3: an identity compares by the name that its prefix gives.
      boolean fits =
          name != null && node.isLeaf() && node.value() instanceof QName identity
              ? (relation == Relation.EQUAL) == identity.equals(name)
              : plain(relation, new Value.Text(NodeText.of(node)), other);
      if (fits) {
        return true;
      }
    }
    return false;
  }

  private static boolean plain(Relation relation, Value left, Value right) {
    return switch (relation) {
      case EQUAL -> equal(left, right);
      case NOT_EQUAL -> !equal(left, right);
      case LESS -> left.number() < right.number();
      case LESS_OR_EQUAL -> left.number() <= right.number();
      case GREATER -> left.number() > right.number();
      case GREATER_OR_EQUAL -> left.number() >= right.number();
    };
  }

  private static boolean equal(Value left, Value right) {
    if (left instanceof Value.Truth || right instanceof Value.Truth) {
      return left.truth() == right.truth();
    }
    if (left instanceof Value.Numeral || right instanceof Value.Numeral) {
      return left.number() == right.number();
    }
    return left.text().equals(right.text());
  }

  private static Relation mirrored(Relation relation) {
    return switch (relation) {
      case EQUAL, NOT_EQUAL -> relation;
      case LESS -> Relation.GREATER;
      case LESS_OR_EQUAL -> Relation.GREATER_OR_EQUAL;
      case GREATER -> Relation.LESS;
      case GREATER_OR_EQUAL -> Relation.LESS_OR_EQUAL;
    };
  }
}
