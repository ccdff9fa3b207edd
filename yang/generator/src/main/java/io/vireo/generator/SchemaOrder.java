package io.vireo.generator;

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

/// An order of schema nodes that is the same in every run: YANG Tools gives augmented children in
/// the order in which it happened to resolve them.
public final class SchemaOrder {
  private static final Comparator<QName> BY_NAMESPACE_AND_NAME =
      Comparator.comparing((QName name) -> name.getNamespace().toString())
          .thenComparing(QName::getLocalName);

  private SchemaOrder() {}

  /// The modules by name.
  public static List<Module> modules(EffectiveModelContext model) {
    List<Module> modules = new ArrayList<>(model.getModules());
    modules.sort(Comparator.comparing(Module::getName));
    return modules;
  }

  /// The module's own children as declared, then those that others augment.
  public static List<DataSchemaNode> children(DataNodeContainer parent) {
    QNameModule own =
        parent instanceof Module module
            ? module.getQNameModule()
            : ((SchemaNode) parent).getQName().getModule();
    return sorted(parent.getChildNodes(), own);
  }

  /// The cases of a choice in the same order.
  public static List<CaseSchemaNode> cases(ChoiceSchemaNode choice) {
    List<CaseSchemaNode> cases = new ArrayList<>();
    cases.addAll(choice.getCases());
    return sorted(cases, choice.getQName().getModule());
  }

  /// The name of a module of the context.
  public static String moduleName(EffectiveModelContext model, QNameModule module) {
    return model
        .findModule(module)
        .orElseThrow(() -> new IllegalStateException("no module " + module + " in the context"))
        .getName();
  }

  private static <T extends SchemaNode> List<T> sorted(
      Collection<? extends T> nodes, QNameModule own) {
    List<T> ordered = new ArrayList<>();
    List<T> foreign = new ArrayList<>();
    for (T node : nodes) {
      (node.getQName().getModule().equals(own) ? ordered : foreign).add(node);
    }
    foreign.sort(Comparator.comparing(SchemaNode::getQName, BY_NAMESPACE_AND_NAME));
    ordered.addAll(foreign);
    return ordered;
  }
}
