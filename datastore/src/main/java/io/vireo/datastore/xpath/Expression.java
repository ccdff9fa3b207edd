package io.vireo.datastore.xpath;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;

/// A compiled expression: names are bound, functions known.
public sealed interface Expression {
  /// A string.
  ///
  /// @param name what it names where it is read as a name with prefix; null: nothing
  record Literal(String text, @Nullable QName name) implements Expression {}

  record Number(double value) implements Expression {}

  record Truth(boolean value) implements Expression {}

  record And(List<Expression> parts) implements Expression {}

  record Or(List<Expression> parts) implements Expression {}

  record Union(List<Expression> parts) implements Expression {}

  record Comparison(Relation relation, Expression left, Expression right) implements Expression {}

  record Arithmetic(Sign sign, Expression left, Expression right) implements Expression {}

  record Negation(Expression operand) implements Expression {}

  record Call(YangFunction function, List<Expression> arguments) implements Expression {}

  /// A location path.
  ///
  /// @param start where it starts; null: at the context node, or at the root if it is absolute
  record Path(@Nullable Expression start, boolean absolute, List<Step> steps)
      implements Expression {}

  /// Nodes filtered by predicates, such as `(a | b)[1]`.
  record Filter(Expression operand, List<Expression> predicates) implements Expression {}

  enum Relation {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  enum Sign {
    PLUS,
    MINUS,
    TIMES,
    DIVIDED,
    REMAINDER
  }

  enum Axis {
    CHILD,
    DESCENDANT,
    DESCENDANT_OR_SELF,
    PARENT,
    ANCESTOR,
    ANCESTOR_OR_SELF,
    SELF,
    FOLLOWING_SIBLING,
    PRECEDING_SIBLING
  }

  /// Which nodes of an axis are meant.
  sealed interface Test {
    /// All.
    record Any() implements Test {}

    /// All but the root, which has no name.
    record AnyName() implements Test {}

    /// Those of one name.
    record Named(QName name) implements Test {}

    /// Those of one module.
    record OfModule(QNameModule module) implements Test {}
  }

  /// @param pins those predicates that say what a key is by something that the step's node has no
  ///   part in: where all keys are pinned, the entry is found without a search
  record Step(Axis axis, Test test, List<Expression> predicates, List<Pin> pins) {}

  /// `[key = value]`.
  record Pin(QName key, Expression value) {}
}
