package io.vireo.datastore.validate;

import io.vireo.datastore.xpath.DataNode;
import io.vireo.schema.node.SchemaNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/// What must be in a node (RFC 7950 §7.6.5, §7.7.5, §7.9.4): mandatory leafs and choices, lists'
/// least numbers of entries, through containers without presence. One thread, one look at a tree.
final class DemandCheck {
  private final RuleBook book;
  private final Findings findings;
  private final Truths truths;
  private final BiConsumer<DataNode, NodeRules> own;
  private final Set<DataNode> looked = new HashSet<>();

  /// @param own looks at what is demanded of an implied node itself
  DemandCheck(
      RuleBook book, Findings findings, Truths truths, BiConsumer<DataNode, NodeRules> own) {
    this.book = book;
    this.findings = findings;
    this.truths = truths;
    this.own = own;
  }

  /// Looks at a node that is come past more than once.
  void once(DataNode node, NodeRules rules) {
    if (!rules.demands().isEmpty() && looked.add(node)) {
      check(node, rules);
    }
  }

  /// Looks at a node, whether it was looked at before or not.
  void check(DataNode node, NodeRules rules) {
    for (Demand demand : rules.demands()) {
      boolean concerned =
          demand instanceof Demand.Implied
              ? Instances.isCaseInUse(demand.choices(), node)
              : Instances.isCaseChosen(demand.choices(), node);
      if (!concerned) {
        continue;
      }
      switch (demand) {
        case Demand.Child(var child, var choices, var whens) -> {
          if (Instances.isAbsent(child, node) && wanted(child, whens, node)) {
            findings.missing(node, child);
          }
        }
        case Demand.Choice(var choice, var choices, var whens) -> {
          if (!Instances.isAnyChosen(choices, choice, node)
              && whens.stream().allMatch(when -> truths.holds(when, node))) {
            findings.missingChoice(node, choice.choiceSchema());
          }
        }
        case Demand.Entries(var child, int least, var choices, var whens) -> {
          if (Instances.isAbsent(child, node) && wanted(child, whens, node)) {
            findings.tooFew(node, child, 0, least);
          }
        }
        case Demand.Implied(var child, var choices, var whens) -> {
          if (Instances.isAbsent(child, node) && wanted(child, whens, node)) {
            NodeRules below = book.of(child);
            if (below != null) {
              node.children(
                  child,
                  implied -> {
                    own.accept(implied, below);
                    once(implied, below);
                  });
            }
          }
        }
      }
    }
  }

  // RFC 7950 §7.21.5: a node that is not there stands in its place for a moment.
  private boolean wanted(SchemaNode child, List<Constraint.When> whens, DataNode parent) {
    for (Constraint.When when : whens) {
      DataNode context = when.ofParent() ? parent : Instances.dummy(parent, child);
      if (!truths.holds(when, context)) {
        return false;
      }
    }
    return true;
  }
}
