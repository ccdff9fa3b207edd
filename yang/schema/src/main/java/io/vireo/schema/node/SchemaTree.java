package io.vireo.schema.node;

import io.vireo.schema.SchemaContext;
import io.vireo.schema.sid.SidRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlCodec;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlCodecFactory;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DocumentedNode;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.NotificationDefinition;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// A context's data tree, operations and notifications, with their numbers.
public final class SchemaTree {
  private final SchemaContext context;
  private final SidRegistry sids;
  private final XmlCodecFactory xmlCodecs;
  private final SchemaNode root;
  private final Map<QNameModule, String> moduleNames = new HashMap<>();
  private final Map<QName, Operation> operations = new ConcurrentHashMap<>();
  private final Map<QName, SchemaNode> notifications = new ConcurrentHashMap<>();
  private final Map<SchemaNode, XmlCodec<?>> xmlCodecOf = new ConcurrentHashMap<>();
  private final Map<QName, Set<QName>> identityBases = new ConcurrentHashMap<>();
  private volatile @Nullable Map<Long, SchemaNode> bySid;
  private volatile @Nullable Map<Long, QName> identityBySid;

  /// An rpc.
  ///
  /// @param name its name
  /// @param sid its number, 0 when it has none
  /// @param schema the statement
  /// @param input what it takes; members' numbers are relative to the rpc's
  /// @param output what it gives; members' numbers are relative to the rpc's
  public record Operation(
      QName name, long sid, RpcDefinition schema, SchemaNode input, SchemaNode output) {}

  private SchemaTree(SchemaContext context, SidRegistry sids) {
    this.context = context;
    this.sids = sids;
    this.xmlCodecs = XmlCodecFactory.create(context.model());
    for (Module module : context.model().getModules()) {
      moduleNames.put(module.getQNameModule(), module.getName());
    }
    this.root =
        new SchemaNode(
            this, null, context.model(), SchemaContext.ROOT_NAME, List.of(), List.of(), 0, "", 0);
  }

  /// The tree of a context, numbered by the `.sid` files on the class path.
  public static SchemaTree of(SchemaContext context) {
    List<String> modules =
        context.model().getModules().stream().map(Module::getName).distinct().toList();
    return of(context, SidRegistry.ofClassPath(modules));
  }

  /// The tree of a context, numbered by `sids`.
  public static SchemaTree of(SchemaContext context, SidRegistry sids) {
    return new SchemaTree(context, sids);
  }

  public SchemaContext context() {
    return context;
  }

  public SidRegistry sids() {
    return sids;
  }

  /// The top of the data tree.
  public SchemaNode root() {
    return root;
  }

  /// YANG Tools' codec between XML text and values of a leaf or leaf-list, for writing: in reading
  /// it does not know all restrictions, [SchemaNode#typedText] does.
  public XmlCodec<?> xmlCodec(SchemaNode leaf) {
    XmlCodec<?> known = xmlCodecOf.get(leaf);
    if (known == null) {
      known = xmlCodecs.codecFor(leaf.typed(), leaf.inferenceStack());
      xmlCodecOf.put(leaf, known);
    }
    return known;
  }

  /// The codec between XML text and paths, of an instance-identifier wherever it stands.
  public XmlCodec<YangInstanceIdentifier> xmlPathCodec() {
    return xmlCodecs.instanceIdentifierCodec();
  }

  /// The name of a module of this context.
  public String moduleName(QNameModule module) {
    String name = moduleNames.get(module);
    if (name == null) {
      throw new IllegalArgumentException(module + " is not in context " + context.name());
    }
    return name;
  }

  /// The data node at a path of one module's names, or null: for code that knows a module, and must
  /// not break where its revision is another.
  public @Nullable SchemaNode find(String namespace, String... localNames) {
    SchemaNode at = root;
    for (String name : localNames) {
      at = at == null ? null : at.lookup(namespace, name);
    }
    return at;
  }

  /// Whether a module of that name is in this context.
  public boolean isModule(String name) {
    return moduleNames.containsValue(name);
  }

  /// The name of the module with that namespace, or null.
  public @Nullable String lookupModuleName(String namespace) {
    return context.model().getModules().stream()
        .filter(module -> module.getNamespace().toString().equals(namespace))
        .map(Module::getName)
        .findFirst()
        .orElse(null);
  }

  /// The namespace of the module of that name, or null.
  public @Nullable String lookupNamespace(String moduleName) {
    return context.model().getModules().stream()
        .filter(module -> module.getName().equals(moduleName))
        .map(module -> module.getNamespace().toString())
        .findFirst()
        .orElse(null);
  }

  /// All rpcs, by module and name.
  public List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    for (Module module : context.model().getModules()) {
      if (context.isImplemented(module.getQNameModule())) {
        module.getRpcs().forEach(rpc -> all.add(operationOf(rpc)));
      }
    }
    return all;
  }

  /// The rpc of that name, or null.
  public @Nullable Operation lookupOperation(String namespace, String localName) {
    for (Module module : context.model().getModules()) {
      if (module.getNamespace().toString().equals(namespace)
          && context.isImplemented(module.getQNameModule())) {
        for (RpcDefinition rpc : module.getRpcs()) {
          if (rpc.getQName().getLocalName().equals(localName)) {
            return operationOf(rpc);
          }
        }
      }
    }
    return null;
  }

  /// The rpc of that name, or null.
  public @Nullable Operation lookupOperation(QName name) {
    return lookupOperation(name.getNamespace().toString(), name.getLocalName());
  }

  /// The notification of that name, or null.
  public @Nullable SchemaNode lookupNotification(QName name) {
    for (NotificationDefinition notification : context.model().getNotifications()) {
      if (notification.getQName().equals(name) && context.isImplemented(name.getModule())) {
        return notifications.computeIfAbsent(
            name, key -> top(notification, key, List.of(key), pathOf(key), sidOf(pathOf(key))));
      }
    }
    return null;
  }

  /// The data node with that number, or null.
  public @Nullable SchemaNode lookupSid(long sid) {
    Map<Long, SchemaNode> index = bySid;
    if (index == null) {
      index = new HashMap<>();
      indexSids(root, index);
      bySid = index;
    }
    return index.get(sid);
  }

  /// The rpc with that number, or null.
  public @Nullable Operation lookupOperation(long sid) {
    for (Operation operation : operations()) {
      if (operation.sid == sid && sid != 0) {
        return operation;
      }
    }
    return null;
  }

  /// The number of an identity, 0 when it has none.
  public long identitySid(QName identity) {
    return sids.identitySid(moduleName(identity.getModule()), identity.getLocalName());
  }

  /// The identity with that number, or null.
  public @Nullable QName lookupIdentity(long sid) {
    Map<Long, QName> index = identityBySid;
    if (index == null) {
      index = new HashMap<>();
      for (QName identity : identities()) {
        index.put(identitySid(identity), identity);
      }
      index.remove(0L);
      identityBySid = index;
    }
    return index.get(sid);
  }

  /// All identities of the context, imported ones too.
  public List<QName> identities() {
    return context.model().getModules().stream()
        .flatMap(module -> module.getIdentities().stream())
        .map(IdentitySchemaNode::getQName)
        .toList();
  }

  /// Whether an identity is derived from another, directly or not (RFC 7950 §7.18.2).
  public boolean isDerived(QName identity, QName base) {
    Set<QName> known = identityBases.get(identity);
    if (known == null) {
      known = new HashSet<>();
      for (Module module : context.model().getModules()) {
        for (IdentitySchemaNode candidate : module.getIdentities()) {
          if (candidate.getQName().equals(identity)) {
            collectBases(candidate, known);
          }
        }
      }
      identityBases.put(identity, known);
    }
    return known.contains(base);
  }

  private static void collectBases(IdentitySchemaNode identity, Set<QName> bases) {
    for (IdentitySchemaNode base : identity.getBaseIdentities()) {
      if (bases.add(base.getQName())) {
        collectBases(base, bases);
      }
    }
  }

  private static void indexSids(SchemaNode node, Map<Long, SchemaNode> index) {
    for (SchemaNode child : node.children()) {
      if (child.sid() != 0) {
        index.put(child.sid(), child);
      }
      indexSids(child, index);
    }
  }

  private Operation operationOf(RpcDefinition rpc) {
    return operations.computeIfAbsent(
        rpc.getQName(),
        name -> {
          String path = pathOf(name);
          long sid = sidOf(path);
          QName in = rpc.getInput().getQName();
          QName out = rpc.getOutput().getQName();
          return new Operation(
              name,
              sid,
              rpc,
              top(rpc.getInput(), in, List.of(name, in), path + "/input", sid),
              top(rpc.getOutput(), out, List.of(name, out), path + "/output", sid));
        });
  }

  private SchemaNode top(
      DocumentedNode schema, QName name, List<QName> steps, String path, long sid) {
    return new SchemaNode(this, null, schema, name, List.of(), steps, 0, path, sid);
  }

  SchemaNode child(
      SchemaNode parent,
      DataSchemaNode node,
      List<ChoiceStep> choices,
      List<QName> steps,
      int position) {
    QName name = node.getQName();
    boolean sameModule = parent != root && name.getModule().equals(parent.name().getModule());
    String path =
        sameModule
            ? parent.schemaPath() + "/" + name.getLocalName()
            : parent.schemaPath() + pathOf(name);
    return new SchemaNode(this, parent, node, name, choices, steps, position, path, sidOf(path));
  }

  private String pathOf(QName name) {
    return "/" + moduleName(name.getModule()) + ":" + name.getLocalName();
  }

  private long sidOf(String path) {
    return sids.dataSid(path);
  }
}
