package io.vireo.datastore.engine;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.schema.SchemaContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;

/// `/yang-library` of RFC 8525 for one schema context: one module set, one schema, which is every
/// datastore's. For the device also `/schema-mounts` of RFC 8528: the virtual routers' schema at
/// `root`.
public final class YangLibrary {
  private static final String SET = "vireo";
  private static final QName LIBRARY =
      QName.create("urn:ietf:params:xml:ns:yang:ietf-yang-library", "2019-01-04", "yang-library");
  private static final QName DATASTORES =
      QName.create("urn:ietf:params:xml:ns:yang:ietf-datastores", "2018-02-14", "datastore");
  private static final QName MOUNTS =
      QName.create(
          "urn:ietf:params:xml:ns:yang:ietf-yang-schema-mount", "2019-01-14", "schema-mounts");
  private static final String MOUNT_MODULE = "ietf-logical-network-element";
  private static final String MOUNT_LABEL = "root";

  private final ContainerNode content;

  /// @param mounts whether virtual routers are mounted in this schema
  /// @param startup whether there is a startup datastore
  public YangLibrary(SchemaContext context, boolean mounts, boolean startup) {
    var root = ImmutableNodes.newContainerBuilder().withNodeIdentifier(TreeSchema.EMPTY.name());
    root.withChild(library(context, startup));
    if (mounts) {
      root.withChild(mounts());
    }
    content = root.build();
  }

  /// The data, rooted at the schema context's own node.
  public ContainerNode content() {
    return content;
  }

  private static ContainerNode library(SchemaContext context, boolean startup) {
    List<Module> modules = new ArrayList<>(context.model().getModules());
    modules.sort(
        Comparator.comparing(Module::getName)
            .thenComparing(module -> module.getQNameModule().toString()));
    StringBuilder identity = new StringBuilder();
    List<MapEntryNode> implemented = new ArrayList<>();
    List<MapEntryNode> imported = new ArrayList<>();
    for (Module module : modules) {
      boolean full = context.isImplemented(module.getQNameModule());
      Set<String> features =
          full ? context.features().getOrDefault(module.getName(), Set.of()) : Set.of();
      identity.append(module.getQNameModule()).append(full).append(features).append('\n');
      if (full) {
        implemented.add(implemented(context, module, features));
      } else {
        imported.add(importOnly(module));
      }
    }
    MapEntryNode set =
        entry(
            "module-set",
            "name",
            SET,
            list("module", implemented),
            list("import-only-module", imported));
    MapEntryNode schema = entry("schema", "name", SET, leafList(q("module-set"), List.of(SET)));
    return ImmutableNodes.newContainerBuilder()
        .withNodeIdentifier(NodeIdentifier.create(LIBRARY))
        .withChild(list("module-set", List.of(set)))
        .withChild(list("schema", List.of(schema)))
        .withChild(list("datastore", datastores(context, startup)))
        .withChild(
            leaf(
                q("content-id"),
                UUID.nameUUIDFromBytes(identity.toString().getBytes(StandardCharsets.UTF_8))
                    .toString()))
        .build();
  }

  private static MapEntryNode implemented(
      SchemaContext context, Module module, Set<String> features) {
    List<DataContainerChild> children = new ArrayList<>();
    children.add(leaf(q("namespace"), module.getNamespace().toString()));
    module.getRevision().ifPresent(date -> children.add(leaf(q("revision"), date.toString())));
    if (!features.isEmpty()) {
      children.add(leafList(q("feature"), features.stream().sorted().toList()));
    }
    List<String> deviators =
        context.model().getModules().stream()
            .filter(other -> deviates(other, module))
            .map(Module::getName)
            .sorted()
            .toList();
    if (!deviators.isEmpty()) {
      children.add(leafList(q("deviation"), deviators));
    }
    return entry("module", "name", module.getName(), children.toArray(DataContainerChild[]::new));
  }

  private static boolean deviates(Module deviator, Module module) {
    return deviator.getDeviations().stream()
        .anyMatch(deviation ->
            deviation
                .getTargetPath()
                .lastNodeIdentifier()
                .getModule()
                .equals(module.getQNameModule()));
  }

  private static MapEntryNode importOnly(Module module) {
    String revision = module.getRevision().map(Object::toString).orElse("");
    QName list = q("import-only-module");
    return ImmutableNodes.newMapEntryBuilder()
        .withNodeIdentifier(
            NodeIdentifierWithPredicates.of(
                list,
                com.google.common.collect.ImmutableMap.of(
                    q("name"), module.getName(), q("revision"), revision)))
        .withChild(leaf(q("name"), module.getName()))
        .withChild(leaf(q("revision"), revision))
        .withChild(leaf(q("namespace"), module.getNamespace().toString()))
        .build();
  }

  private static List<MapEntryNode> datastores(SchemaContext context, boolean startup) {
    List<MapEntryNode> datastores = new ArrayList<>();
    for (Datastore each : Datastore.values()) {
      if (each != Datastore.STARTUP || startup) {
        identity(context, each).ifPresent(name -> datastores.add(datastore(name)));
      }
    }
    return datastores;
  }

  // Factory-default is a module's of its own, which the device alone has.
  private static Optional<QName> identity(SchemaContext context, Datastore datastore) {
    return context.model().getModules().stream()
        .flatMap(module -> module.getIdentities().stream())
        .filter(identity ->
            identity.getQName().getLocalName().equals(datastore.yangName())
                && isDatastore(identity))
        .map(IdentitySchemaNode::getQName)
        .findFirst();
  }

  private static boolean isDatastore(IdentitySchemaNode identity) {
    return identity.getBaseIdentities().stream()
        .anyMatch(base -> base.getQName().equals(DATASTORES) || isDatastore(base));
  }

  private static MapEntryNode datastore(QName identity) {
    QName list = q("datastore");
    return ImmutableNodes.newMapEntryBuilder()
        .withNodeIdentifier(NodeIdentifierWithPredicates.of(list, q("name"), identity))
        .withChild(leaf(q("name"), identity))
        .withChild(leaf(q("schema"), SET))
        .build();
  }

  private static ContainerNode mounts() {
    QName point = QName.create(MOUNTS, "mount-point");
    QName module = QName.create(MOUNTS, "module");
    QName label = QName.create(MOUNTS, "label");
    MapEntryNode mounted =
        ImmutableNodes.newMapEntryBuilder()
            .withNodeIdentifier(
                NodeIdentifierWithPredicates.of(
                    point,
                    com.google.common.collect.ImmutableMap.of(
                        module, MOUNT_MODULE, label, MOUNT_LABEL)))
            .withChild(leaf(module, MOUNT_MODULE))
            .withChild(leaf(label, MOUNT_LABEL))
            .withChild(
                ImmutableNodes.newChoiceBuilder()
                    .withNodeIdentifier(NodeIdentifier.create(QName.create(MOUNTS, "schema-ref")))
                    .withChild(
                        ImmutableNodes.newContainerBuilder()
                            .withNodeIdentifier(
                                NodeIdentifier.create(QName.create(MOUNTS, "shared-schema")))
                            .build())
                    .build())
            .build();
    return ImmutableNodes.newContainerBuilder()
        .withNodeIdentifier(NodeIdentifier.create(MOUNTS))
        .withChild(
            ImmutableNodes.newSystemMapBuilder()
                .withNodeIdentifier(NodeIdentifier.create(point))
                .withChild(mounted)
                .build())
        .build();
  }

  private static QName q(String name) {
    return QName.create(LIBRARY, name);
  }

  private static MapEntryNode entry(
      String list, String key, String value, DataContainerChild... children) {
    var entry =
        ImmutableNodes.newMapEntryBuilder()
            .withNodeIdentifier(NodeIdentifierWithPredicates.of(q(list), q(key), value))
            .withChild(leaf(q(key), value));
    for (DataContainerChild child : children) {
      entry.withChild(child);
    }
    return entry.build();
  }

  private static DataContainerChild list(String name, Collection<MapEntryNode> entries) {
    return ImmutableNodes.newSystemMapBuilder()
        .withNodeIdentifier(NodeIdentifier.create(q(name)))
        .withValue(List.copyOf(entries))
        .build();
  }

  private static <T> LeafNode<T> leaf(QName name, T value) {
    return ImmutableNodes.<T>newLeafBuilder()
        .withNodeIdentifier(NodeIdentifier.create(name))
        .withValue(value)
        .build();
  }

  private static DataContainerChild leafList(QName name, List<String> values) {
    var list =
        ImmutableNodes.<String>newSystemLeafSetBuilder()
            .withNodeIdentifier(NodeIdentifier.create(name));
    for (String value : values) {
      list.withChild(
          ImmutableNodes.<String>newLeafSetEntryBuilder()
              .withNodeIdentifier(new NodeWithValue<>(name, value))
              .withValue(value)
              .build());
    }
    return list.build();
  }
}
