package io.vireo.schema.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.SchemaNode;

/// The one order of children: those of the parent's own module as declared, then those that other
/// modules augment by namespace and name; at the top, module after module by name. Choices and
/// cases give way to the data nodes inside them.
final class SchemaOrder {
  private static final Comparator<SchemaNode> BY_NAMESPACE_AND_NAME =
      Comparator.comparing((SchemaNode node) -> node.getQName().getNamespace().toString())
          .thenComparing(node -> node.getQName().getLocalName());

  private SchemaOrder() {}

  static List<io.vireo.schema.node.SchemaNode> childrenOf(
      io.vireo.schema.node.SchemaNode parent, DataNodeContainer container) {
    List<io.vireo.schema.node.SchemaNode> children = new ArrayList<>();
    if (container instanceof EffectiveModelContext model) {
      model.getModules().stream()
          .sorted(Comparator.comparing(Module::getName))
          .forEach(module ->
              collect(parent, module, module.getQNameModule(), List.of(), List.of(), children));
    } else {
      collect(parent, container, parent.name().getModule(), List.of(), parent.steps(), children);
    }
    return List.copyOf(children);
  }

  private static void collect(
      io.vireo.schema.node.SchemaNode parent,
      DataNodeContainer container,
      QNameModule own,
      List<ChoiceStep> choices,
      List<QName> steps,
      List<io.vireo.schema.node.SchemaNode> children) {
    for (DataSchemaNode node : sorted(container.getChildNodes(), own)) {
      if (!parent.tree().context().isImplemented(node.getQName().getModule())) {
        continue;
      }
      List<QName> nodeSteps = plus(steps, node.getQName());
      if (node instanceof ChoiceSchemaNode choice) {
        for (CaseSchemaNode way : sorted(choice.getCases(), choice.getQName().getModule())) {
          collect(
              parent,
              way,
              way.getQName().getModule(),
              plus(choices, new ChoiceStep(choice, way)),
              plus(nodeSteps, way.getQName()),
              children);
        }
      } else {
        children.add(parent.tree().child(parent, node, choices, nodeSteps, children.size()));
      }
    }
  }

  private static <T extends SchemaNode> List<T> sorted(
      Collection<? extends T> nodes, QNameModule own) {
    List<T> ordered = new ArrayList<>();
    List<T> foreign = new ArrayList<>();
    for (T node : nodes) {
      (node.getQName().getModule().equals(own) ? ordered : foreign).add(node);
    }
    foreign.sort(BY_NAMESPACE_AND_NAME);
    ordered.addAll(foreign);
    return ordered;
  }

  private static <T> List<T> plus(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
