package io.vireo.datastore.validate;

import io.vireo.datastore.xpath.Expression;
import io.vireo.datastore.xpath.ExpressionParser;
import io.vireo.datastore.xpath.Footprint;
import io.vireo.datastore.xpath.LeafReferences;
import io.vireo.schema.node.ChoiceStep;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.AugmentationSchemaNode;
import org.opendaylight.yangtools.yang.model.api.AugmentationTarget;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.GroupingDefinition;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.WhenConditionAware;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaTreeEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.UsesEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.WhenEffectiveStatement;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;

/// All when statements that a node stands under: its own, those of the choices and cases around it,
/// and those of the augment and uses statements that brought it (RFC 7950 §7.21.5).
final class Conditions {
  private final @Nullable LeafReferences references;
  private final SchemaNode node;
  private final List<Constraint.When> found = new ArrayList<>();
  private final List<Footprint.Condition> expressions = new ArrayList<>();

  private Conditions(@Nullable LeafReferences references, SchemaNode node) {
    this.references = references;
    this.node = node;
  }

  /// All of them.
  static List<Constraint.When> of(SchemaNode node, LeafReferences references) {
    Conditions conditions = new Conditions(references, node);
    conditions.walk(node.choices(), node.name());
    conditions.own(node.schema(), false);
    return List.copyOf(conditions.found);
  }

  /// The expressions alone, for footprints; what they look at is not asked.
  static List<Footprint.Condition> expressions(SchemaNode node) {
    Conditions conditions = new Conditions(null, node);
    conditions.walk(node.choices(), node.name());
    conditions.own(node.schema(), false);
    return List.copyOf(conditions.expressions);
  }

  /// Those of a choice, as seen from a data node in one of its cases.
  static List<Constraint.When> ofChoice(
      SchemaNode node, List<ChoiceStep> outer, ChoiceStep choice, LeafReferences references) {
    Conditions conditions = new Conditions(references, node);
    conditions.walk(outer, choice.choice());
    conditions.own(choice.choiceSchema(), true);
    return List.copyOf(conditions.found);
  }

  private void walk(List<ChoiceStep> choices, QName last) {
    SchemaNode parent = node.parent();
    if (parent == null) {
      return;
    }
    Object holder = parent.schema();
    for (ChoiceStep step : choices) {
      brought(holder, step.choice());
      own(step.choiceSchema(), true);
      brought(step.choiceSchema(), step.caseName());
      own(step.caseSchema(), true);
      holder = step.caseSchema();
    }
    brought(holder, last);
  }

  private void own(Object statement, boolean ofParent) {
    if (statement instanceof WhenConditionAware aware) {
      aware.getWhenCondition().ifPresent(when -> add(when, ofParent));
    }
  }

  // What an augment or a uses statement has brought stands in the holder like its own.
  private void brought(Object holder, QName child) {
    if (holder instanceof AugmentationTarget target) {
      for (AugmentationSchemaNode augment : target.getAvailableAugmentations()) {
        if (holds(augment, child)) {
          own(augment, true);
          // A uses statement stays where it is written.
          uses(augment, child);
        }
      }
    }
    if (holder instanceof EffectiveModelContext model) {
      model.findModule(child.getModule()).ifPresent(module -> uses(module, child));
    } else {
      uses(holder, child);
    }
  }

  private void uses(Object holder, QName child) {
    EffectiveStatement<?, ?> statement =
        switch (holder) {
          case EffectiveStatement<?, ?> effective -> effective;
          case Module module -> module.asEffectiveStatement();
          default -> null;
        };
    if (statement == null) {
      return;
    }
    for (EffectiveStatement<?, ?> sub : statement.effectiveSubstatements()) {
      if (sub instanceof UsesEffectiveStatement used) {
        GroupingDefinition grouping = grouping(used.argument());
        if (grouping != null && holdsName(grouping, child.getLocalName())) {
          used.findFirstEffectiveSubstatement(WhenEffectiveStatement.class)
              .ifPresent(when -> add(when.argument(), true));
          // A grouping may use another.
          uses(grouping, child);
        }
      }
    }
  }

  private static boolean holds(AugmentationSchemaNode augment, QName child) {
    return augment instanceof EffectiveStatement<?, ?> statement
        && statement.effectiveSubstatements().stream()
            .anyMatch(sub ->
                sub instanceof SchemaTreeEffectiveStatement<?> node
                    && node.argument().equals(child));
  }

  private static boolean holdsName(GroupingDefinition grouping, String localName) {
    return grouping instanceof EffectiveStatement<?, ?> statement
        && statement.effectiveSubstatements().stream()
            .anyMatch(sub ->
                sub instanceof SchemaTreeEffectiveStatement<?> node
                    && node.argument().getLocalName().equals(localName));
  }

  private @Nullable GroupingDefinition grouping(QName name) {
    Module module = node.tree().context().model().findModule(name.getModule()).orElse(null);
    return module == null ? null : grouping(module, name);
  }

  private static @Nullable GroupingDefinition grouping(DataNodeContainer holder, QName name) {
    for (GroupingDefinition grouping : holder.getGroupings()) {
      if (grouping.getQName().equals(name)) {
        return grouping;
      }
    }
    for (var child : holder.getChildNodes()) {
      if (child instanceof DataNodeContainer inner) {
        GroupingDefinition found = grouping(inner, name);
        if (found != null) {
          return found;
        }
      }
    }
    for (GroupingDefinition outer : holder.getGroupings()) {
      GroupingDefinition found = grouping(outer, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private void add(YangXPathExpression when, boolean ofParent) {
    SchemaNode context = node;
    if (ofParent && node.parent() != null) {
      context = node.parent();
    }
    Expression expression = ExpressionParser.of(when, node.name().getModule());
    expressions.add(new Footprint.Condition(expression, ofParent));
    if (references != null) {
      found.add(
          new Constraint.When(
              node,
              expression,
              when.toString(),
              ofParent,
              Footprint.of(expression, context, references, Conditions::expressions)));
    }
  }
}
