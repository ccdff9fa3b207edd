package io.vireo.datastore.validate;

import io.vireo.datastore.xpath.AccessibleTree;
import io.vireo.datastore.xpath.DataNode;
import io.vireo.schema.node.SchemaNode;
import java.util.HashSet;
import java.util.Set;

/// Tells by the models' conditions which defaults are in use (RFC 7950 §7.6.1). Where conditions
/// look at each other's defaults, the one asked first is in use.
final class DefaultConditions implements AccessibleTree.DefaultsInUse {
  private final RuleBook book;
  private final Truths truths;
  private final Set<SchemaNode> asked = new HashSet<>();

  DefaultConditions(RuleBook book, Truths truths) {
    this.book = book;
    this.truths = truths;
  }

  @Override
  public boolean test(DataNode parent, SchemaNode leaf) {
    NodeRules rules = book.of(leaf);
    if (rules == null || rules.whens().isEmpty() || !asked.add(leaf)) {
      return true;
    }
    try {
      for (Constraint.When when : rules.whens()) {
        if (!truths.holds(when, when.ofParent() ? parent : parent.placeholder(leaf))) {
          return false;
        }
      }
      return true;
    } finally {
      asked.remove(leaf);
    }
  }
}
