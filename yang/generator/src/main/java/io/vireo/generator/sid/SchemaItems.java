package io.vireo.generator.sid;

import io.vireo.generator.SchemaOrder;
import io.vireo.schema.SchemaContext;
import io.vireo.schema.sid.SidNamespace;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.ActionNodeContainer;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerLike;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.NotificationNodeContainer;
import org.opendaylight.yangtools.yang.model.api.OperationDefinition;

/// Everything in a set of contexts that needs a SID, by owning module and in schema order.
final class SchemaItems {

  /// What a number can stand for.
  record Item(SidNamespace namespace, String identifier) {}

  /// One module's items, in the order of their discovery.
  record ModuleItems(String revision, Set<Item> items) {}

  private final SortedMap<String, ModuleItems> byModule = new TreeMap<>();

  private SchemaItems() {}

  /// The items of several contexts; what is in more than one is listed once.
  static SortedMap<String, ModuleItems> of(Collection<SchemaContext> contexts) {
    SchemaItems items = new SchemaItems();
    contexts.forEach(items::addContext);
    return items.byModule;
  }

  private void addContext(SchemaContext context) {
    EffectiveModelContext model = context.model();
    List<? extends Module> modules = SchemaOrder.modules(model);
    for (Module module : modules) {
      ModuleItems own =
          byModule.computeIfAbsent(
              module.getName(),
              name ->
                  new ModuleItems(
                      module.getRevision().map(Object::toString).orElse(""),
                      new LinkedHashSet<>()));
      own.items.add(new Item(SidNamespace.MODULE, module.getName()));
      module
          .getIdentities()
          .forEach(i -> own.items.add(new Item(SidNamespace.IDENTITY, name(i.getQName()))));
      module
          .getFeatures()
          .forEach(f -> own.items.add(new Item(SidNamespace.FEATURE, name(f.getQName()))));
    }
    for (Module module : modules) {
      // RFC 7950 §5.6.5: the nodes of a module that is only imported do not exist.
      if (context.isImplemented(module.getQNameModule())) {
        addChildren(model, module, "", null);
        module.getRpcs().forEach(rpc -> addOperation(model, rpc, "", null));
        addNotifications(model, module, "", null);
      }
    }
  }

  private void addChildren(
      EffectiveModelContext model,
      DataNodeContainer parent,
      String path,
      @Nullable QNameModule inModule) {
    for (DataSchemaNode child : SchemaOrder.children(parent)) {
      switch (child) {
        case ChoiceSchemaNode choice -> {
          for (CaseSchemaNode alternative : SchemaOrder.cases(choice)) {
            addChildren(model, alternative, path, inModule);
          }
        }
        default -> addDataNode(model, child, path, inModule);
      }
    }
  }

  private void addDataNode(
      EffectiveModelContext model,
      DataSchemaNode node,
      String path,
      @Nullable QNameModule inModule) {
    QName name = node.getQName();
    String own = add(model, name, path, inModule);
    if (node instanceof DataNodeContainer container) {
      addChildren(model, container, own, name.getModule());
    }
    if (node instanceof ActionNodeContainer container) {
      container.getActions().forEach(action -> addOperation(model, action, own, name.getModule()));
    }
    if (node instanceof NotificationNodeContainer container) {
      addNotifications(model, container, own, name.getModule());
    }
  }

  private void addOperation(
      EffectiveModelContext model,
      OperationDefinition operation,
      String path,
      @Nullable QNameModule inModule) {
    QNameModule module = operation.getQName().getModule();
    String own = add(model, operation.getQName(), path, inModule);
    for (ContainerLike part : List.of(operation.getInput(), operation.getOutput())) {
      String partPath = add(model, part.getQName(), own, module);
      addChildren(model, part, partPath, module);
    }
  }

  private void addNotifications(
      EffectiveModelContext model,
      NotificationNodeContainer parent,
      String path,
      @Nullable QNameModule inModule) {
    parent
        .getNotifications()
        .forEach(notification -> {
          QName name = notification.getQName();
          String own = add(model, name, path, inModule);
          addChildren(model, notification, own, name.getModule());
        });
  }

  /// Adds a node to its own module's items, which for an augmenting node is the augmenting one.
  private String add(
      EffectiveModelContext model, QName name, String path, @Nullable QNameModule inModule) {
    String module = SchemaOrder.moduleName(model, name.getModule());
    String step =
        name.getModule().equals(inModule) ? name(name) : module + ":" + name.getLocalName();
    String own = path + "/" + step;
    requireModule(module).items.add(new Item(SidNamespace.DATA, own));
    return own;
  }

  private ModuleItems requireModule(String module) {
    ModuleItems items = byModule.get(module);
    if (items == null) {
      throw new IllegalStateException("module " + module + " has nodes but is not in the context");
    }
    return items;
  }

  private static String name(QName name) {
    return name.getLocalName();
  }
}
