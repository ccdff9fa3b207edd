package io.vireo.datastore.validate;

import io.vireo.schema.node.ChoiceStep;
import io.vireo.schema.node.SchemaNode;
import java.util.List;

/// Something that must be in a data node (RFC 7950 §7.6.5, §7.7.5, §7.9.4), if the case that it is
/// of is chosen and all conditions hold.
sealed interface Demand {
  /// Choices on the way to it: it is demanded where its case is the one chosen.
  List<ChoiceStep> choices();

  List<Constraint.When> whens();

  /// A mandatory leaf, anydata or anyxml.
  record Child(SchemaNode node, List<ChoiceStep> choices, List<Constraint.When> whens)
      implements Demand {}

  /// A mandatory choice.
  ///
  /// @param choice the choice itself
  record Choice(ChoiceStep choice, List<ChoiceStep> choices, List<Constraint.When> whens)
      implements Demand {}

  /// A list or leaf-list with a least number of entries: demanded when it has none; one that has
  /// some is looked at by itself.
  record Entries(SchemaNode node, int least, List<ChoiceStep> choices, List<Constraint.When> whens)
      implements Demand {}

  /// A container without presence that demands something, or a leaf whose default does: it is there
  /// without being configured (RFC 7950 §6.4.1), and looked at as if it were.
  record Implied(SchemaNode node, List<ChoiceStep> choices, List<Constraint.When> whens)
      implements Demand {}
}
