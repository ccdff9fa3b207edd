package io.vireo.datastore.xpath;

import io.vireo.datastore.xpath.Expression.Axis;
import io.vireo.datastore.xpath.Expression.Pin;
import io.vireo.datastore.xpath.Expression.Relation;
import io.vireo.datastore.xpath.Expression.Step;
import io.vireo.datastore.xpath.Expression.Test;
import java.util.ArrayList;
import java.util.List;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;

/// Finds what a step's predicates say about keys, before any is evaluated.
final class PinFinder {
  private PinFinder() {}

  /// What they say, up to one that counts positions.
  static List<Pin> of(List<Expression> predicates) {
    List<Pin> pins = new ArrayList<>();
    for (Expression predicate : predicates) {
      if (isPositional(predicate)) {
        // Positions count what is there before a look-up would narrow it.
        break;
      }
      for (Expression part :
          predicate instanceof Expression.And(var parts) ? parts : List.of(predicate)) {
        if (part instanceof Expression.Comparison(Relation relation, var left, var right)
            && relation == Relation.EQUAL) {
          addPin(pins, left, right);
          addPin(pins, right, left);
        }
      }
    }
    return List.copyOf(pins);
  }

  // Whether a predicate is a number, or may ask for positions.
  private static boolean isPositional(Expression predicate) {
    return switch (predicate) {
      case Expression.Number number -> true;
      case Expression.Arithmetic arithmetic -> true;
      case Expression.Negation negation -> true;
      case Expression.Literal literal -> false;
      case Expression.Truth truth -> false;
      case Expression.And(var parts) -> parts.stream().anyMatch(PinFinder::asksPosition);
      case Expression.Or(var parts) -> parts.stream().anyMatch(PinFinder::asksPosition);
      case Expression.Comparison comparison -> asksPosition(comparison);
      case Expression.Union union -> false;
      case Expression.Path path -> false;
      case Expression.Filter filter -> false;
      case Expression.Call call -> true;
    };
  }

  // In a predicate's own parts; paths have positions of their own.
  private static boolean asksPosition(Expression part) {
    return switch (part) {
      case Expression.Call(var function, var arguments) ->
          function == YangFunction.POSITION
              || function == YangFunction.LAST
              || arguments.stream().anyMatch(PinFinder::asksPosition);
      case Expression.And(var parts) -> parts.stream().anyMatch(PinFinder::asksPosition);
      case Expression.Or(var parts) -> parts.stream().anyMatch(PinFinder::asksPosition);
      case Expression.Union(var parts) -> parts.stream().anyMatch(PinFinder::asksPosition);
      case Expression.Comparison(var relation, var left, var right) ->
          asksPosition(left) || asksPosition(right);
      case Expression.Arithmetic(var sign, var left, var right) ->
          asksPosition(left) || asksPosition(right);
      case Expression.Negation(var operand) -> asksPosition(operand);
      case Expression.Filter(var operand, var predicates) -> asksPosition(operand);
      case Expression.Path(var start, boolean absolute, var steps) ->
          start != null && asksPosition(start);
      case Expression.Literal literal -> false;
      case Expression.Number number -> false;
      case Expression.Truth truth -> false;
    };
  }

  private static void addPin(List<Pin> pins, Expression key, Expression value) {
    if (key instanceof Expression.Path(var start, boolean absolute, List<Step> steps)
        && start == null
        && !absolute
        && steps.size() == 1
        && steps.getFirst().axis() == Axis.CHILD
        && steps.getFirst().predicates().isEmpty()
        && steps.getFirst().test() instanceof Test.Named(QName name)
        && isFree(value)) {
      pins.add(new Pin(name, value));
    }
  }

  /// Whether an expression has the same value for whatever node it stands in a predicate of.
  static boolean isFree(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> true;
      case Expression.Call(YangFunction function, var arguments) ->
          function == YangFunction.CURRENT
              || (!arguments.isEmpty()
                  && (function == YangFunction.STRING || function == YangFunction.CONCAT)
                  && arguments.stream().allMatch(PinFinder::isFree));
      case Expression.Path path ->
          path.absolute() || (path.start() != null && isFree(path.start()));
      // A number is equal to many texts.
      default -> false;
    };
  }
}
