package io.vireo.datastore.validate;

import io.vireo.datastore.xpath.Expression;
import io.vireo.datastore.xpath.Footprint;
import io.vireo.datastore.xpath.LeafReferences.Reference;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.type.TypedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that an expression says about the instances of one schema node.
sealed interface Constraint {
  /// The schema node whose instances are constrained.
  SchemaNode node();

  Footprint footprint();

  /// RFC 7950 §7.5.3.
  ///
  /// @param text the expression as written
  /// @param appTag the statement's error-app-tag; null: `must-violation`
  /// @param message the statement's error-message
  record Must(
      SchemaNode node,
      Expression expression,
      String text,
      @Nullable String appTag,
      @Nullable String message,
      Footprint footprint)
      implements Constraint {
    // Each stands for one statement at one node; comparing expressions would cost more than them.
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// RFC 7950 §7.21.5.
  ///
  /// @param ofParent whether the context node is the parent data node: the statement stands at an
  ///   augment, uses, choice or case
  record When(
      SchemaNode node, Expression expression, String text, boolean ofParent, Footprint footprint)
      implements Constraint {
    // Each stands for one statement at one node; comparing expressions would cost more than them.
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// RFC 7950 §9.9: a leafref whose instance is required.
  ///
  /// @param others a union's members that are no references: a value that one of them takes need
  ///   not lead anywhere (RFC 7950 §9.12)
  /// @param goal where a path of names alone ends; null: it has predicates
  /// @param keyed the list whose only key the path leads to by names alone, so that an entry can be
  ///   looked up; null: there is no such list
  record Refers(
      SchemaNode node,
      Reference reference,
      List<TypedText> others,
      @Nullable SchemaNode goal,
      @Nullable SchemaNode keyed,
      Footprint footprint)
      implements Constraint {
    // Each stands for one statement at one node; comparing expressions would cost more than them.
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
