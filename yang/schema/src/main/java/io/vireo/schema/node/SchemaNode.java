package io.vireo.schema.node;

import io.vireo.schema.type.TypeWords;
import io.vireo.schema.type.TypedText;
import io.vireo.schema.type.XPathText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.rfc8528.model.api.MountPointSchemaNode;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DocumentedNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.TypedDataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Absolute;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;

/// A data node's schema: what it is, what may stand below it, and its number.
public final class SchemaNode {
  private final SchemaTree tree;
  private final @Nullable SchemaNode parent;
  private final NodeKind kind;
  private final DocumentedNode schema;
  private final QName name;
  private final NodeIdentifier identifier;
  private final List<ChoiceStep> choices;
  private final List<QName> steps;
  private final int position;
  private final String schemaPath;
  private final long sid;
  // Asked for each node of a document: worked out once.
  private final boolean config;
  private final boolean presence;
  private final boolean userOrdered;
  private final boolean mountPoint;
  private final List<QName> keys;
  private final boolean key;
  private volatile @Nullable Boolean mounts;
  private volatile @Nullable Children children;
  private volatile @Nullable TypeDefinition<?> type;
  private volatile @Nullable TypedText typedText;
  private volatile @Nullable Boolean expression;
  private volatile @Nullable List<Object> defaults;

  /// What stands below, in schema order, by local name, by name and by number.
  private record Children(
      List<SchemaNode> ordered,
      Map<String, List<SchemaNode>> byName,
      Map<NodeIdentifier, SchemaNode> byIdentifier,
      Map<Long, SchemaNode> bySid) {}

  SchemaNode(
      SchemaTree tree,
      @Nullable SchemaNode parent,
      DocumentedNode schema,
      QName name,
      List<ChoiceStep> choices,
      List<QName> steps,
      int position,
      String schemaPath,
      long sid) {
    this.tree = tree;
    this.parent = parent;
    this.kind = kindOf(schema);
    this.schema = schema;
    this.name = name;
    this.identifier = NodeIdentifier.create(name);
    this.choices = List.copyOf(choices);
    this.steps = List.copyOf(steps);
    this.position = position;
    this.schemaPath = schemaPath;
    this.sid = sid;
    this.config =
        schema instanceof DataSchemaNode node && node.effectiveConfig().orElse(Boolean.TRUE);
    this.presence = schema instanceof ContainerSchemaNode c && c.isPresenceContainer();
    this.userOrdered =
        schema instanceof ListSchemaNode list && list.isUserOrdered()
            || schema instanceof LeafListSchemaNode leafList && leafList.isUserOrdered();
    this.mountPoint =
        schema instanceof ContainerSchemaNode container
            && MountPointSchemaNode.streamAll(container).findAny().isPresent();
    this.keys =
        schema instanceof ListSchemaNode list ? List.copyOf(list.getKeyDefinition()) : List.of();
    this.key = kind == NodeKind.LEAF && parent != null && parent.keys().contains(name);
  }

  private static NodeKind kindOf(DocumentedNode schema) {
    return switch (schema) {
      case LeafSchemaNode leaf -> NodeKind.LEAF;
      case LeafListSchemaNode leafList -> NodeKind.LEAF_LIST;
      case ListSchemaNode list -> NodeKind.LIST;
      case ContainerSchemaNode container -> NodeKind.CONTAINER;
      case DataNodeContainer root -> NodeKind.ROOT;
      default -> NodeKind.ANYDATA;
    };
  }

  public SchemaTree tree() {
    return tree;
  }

  /// The data node above; null for a [NodeKind#ROOT].
  public @Nullable SchemaNode parent() {
    return parent;
  }

  public NodeKind kind() {
    return kind;
  }

  public QName name() {
    return name;
  }

  /// The name as a data tree's path has it.
  public NodeIdentifier identifier() {
    return identifier;
  }

  /// The choices between the parent data node and this one, outermost first.
  public List<ChoiceStep> choices() {
    return choices;
  }

  /// Its place among its parent's children, from 0.
  public int position() {
    return position;
  }

  /// The name in `.sid` files: the schema node path of RFC 9595 §4.
  public String schemaPath() {
    return schemaPath;
  }

  /// The node's number; 0 when none is allocated, and for a data tree's top. What an rpc takes or
  /// gives has the number of the rpc, to which its members' are relative.
  public long sid() {
    return sid;
  }

  /// The statement behind the node.
  public DocumentedNode schema() {
    return schema;
  }

  /// The description statement's text, empty when there is none.
  public String description() {
    return schema.getDescription().orElse("");
  }

  /// Whether the node is configuration.
  public boolean isConfig() {
    return config;
  }

  /// Whether a container's being there means something by itself (RFC 7950 §7.5.1).
  public boolean isPresence() {
    return presence;
  }

  /// Whether a list's or leaf-list's order is the user's.
  public boolean isUserOrdered() {
    return userOrdered;
  }

  /// A list's keys in order; empty for others and for lists without.
  public List<QName> keys() {
    return keys;
  }

  /// Whether it stands in a data tree as entries below one node of its name: lists and leaf-lists.
  public boolean hasEntries() {
    return kind == NodeKind.LIST || kind == NodeKind.LEAF_LIST;
  }

  /// Whether this leaf is a key of its list.
  public boolean isKey() {
    return key;
  }

  /// Whether another schema is mounted here (RFC 8528 §3.1).
  public boolean isMountPoint() {
    return mountPoint;
  }

  /// Whether another schema is mounted here or anywhere below.
  public boolean hasMounts() {
    Boolean known = mounts;
    if (known == null) {
      known = mountPoint || children().stream().anyMatch(SchemaNode::hasMounts);
      mounts = known;
    }
    return known;
  }

  /// A leaf's or leaf-list's type; a leafref's is that of the leaf it points to.
  public TypeDefinition<?> type() {
    TypeDefinition<?> known = type;
    if (known == null) {
      TypeDefinition<?> declared = typed().getType();
      known = declared instanceof LeafrefTypeDefinition ref ? resolve(ref) : declared;
      type = known;
    }
    return known;
  }

  /// The type a leafref within this leaf's type (a union's member) comes down to.
  public TypeDefinition<?> resolve(LeafrefTypeDefinition leafref) {
    return inferenceStack().resolveLeafref(leafref);
  }

  /// Reads text as values of a leaf's or leaf-list's type.
  public TypedText typedText() {
    TypedText known = typedText;
    if (known == null) {
      known = TypedText.of(type(), this::resolve);
      typedText = known;
    }
    return known;
  }

  /// Whether the values of a leaf or leaf-list are expressions ([XPathText]).
  public boolean isExpression() {
    Boolean known = expression;
    if (known == null) {
      known = XPathText.isXPath(type());
      expression = known;
    }
    return known;
  }

  /// The values that hold where a leaf or leaf-list is not configured (RFC 7950 §7.6.1, §7.7.2);
  /// empty: there is no default.
  public List<Object> defaults() {
    List<Object> known = defaults;
    if (known == null) {
      known = Defaults.of(this);
      defaults = known;
    }
    return known;
  }

  /// What a leaf or leaf-list takes, in words.
  public String typeWords() {
    return TypeWords.describe(type(), this::resolve);
  }

  /// The type as declared, a leafref being one.
  public TypeDefinition<?> declaredType() {
    return typed().getType();
  }

  TypedDataSchemaNode typed() {
    if (schema instanceof TypedDataSchemaNode typed) {
      return typed;
    }
    throw new IllegalStateException(schemaPath + " has no type: it is a " + kind);
  }

  SchemaInferenceStack inferenceStack() {
    return SchemaInferenceStack.of(tree.context().model(), Absolute.of(steps));
  }

  List<QName> steps() {
    return steps;
  }

  /// The data nodes below, in schema order.
  public List<SchemaNode> children() {
    return childIndex().ordered;
  }

  /// The child of that name, or null.
  public @Nullable SchemaNode lookup(String namespace, String localName) {
    List<SchemaNode> namesakes = childIndex().byName.get(localName);
    if (namesakes != null) {
      for (SchemaNode node : namesakes) {
        if (node.name.getNamespace().toString().equals(namespace)) {
          return node;
        }
      }
    }
    return null;
  }

  /// The child of that name, or null.
  public @Nullable SchemaNode lookup(QName childName) {
    return lookup(childName.getNamespace().toString(), childName.getLocalName());
  }

  /// The child that stands in a data tree under this name, or null.
  public @Nullable SchemaNode lookup(NodeIdentifier childIdentifier) {
    return childIndex().byIdentifier.get(childIdentifier);
  }

  /// The child with that number, or null.
  public @Nullable SchemaNode lookupSid(long childSid) {
    return childIndex().bySid.get(childSid);
  }

  /// The steps from the parent data node to this one in a data tree's path: choices, then the node.
  public List<PathArgument> pathArguments() {
    List<PathArgument> arguments = new ArrayList<>();
    choices.forEach(step -> arguments.add(step.identifier()));
    arguments.add(identifier);
    return arguments;
  }

  /// `module:name`.
  public String qualifiedName() {
    return tree.moduleName(name.getModule()) + ":" + name.getLocalName();
  }

  /// All children with that local name: several where modules augment a node with namesakes.
  public List<SchemaNode> namesakes(String localName) {
    List<SchemaNode> found = childIndex().byName.get(localName);
    return found == null ? List.of() : List.copyOf(found);
  }

  /// The child of that name.
  public SchemaNode require(QName childName) {
    SchemaNode found = lookup(childName);
    if (found == null) {
      throw new IllegalArgumentException(schemaPath + " has no child " + childName);
    }
    return found;
  }

  private Children childIndex() {
    Children known = children;
    if (known == null) {
      List<SchemaNode> ordered =
          schema instanceof DataNodeContainer container
              ? SchemaOrder.childrenOf(this, container)
              : List.of();
      Map<String, List<SchemaNode>> byName = new HashMap<>();
      for (SchemaNode node : ordered) {
        byName.computeIfAbsent(node.name.getLocalName(), key -> new ArrayList<>(1)).add(node);
      }
      Map<NodeIdentifier, SchemaNode> byIdentifier = new HashMap<>();
      ordered.forEach(node -> byIdentifier.put(node.identifier, node));
      Map<Long, SchemaNode> bySid = new HashMap<>();
      ordered.stream().filter(node -> node.sid != 0).forEach(node -> bySid.put(node.sid, node));
      synchronized (this) {
        known = children;
        if (known == null) {
          known = new Children(ordered, byName, byIdentifier, bySid);
          children = known;
        }
      }
    }
    return known;
  }

  @Override
  public String toString() {
    return kind + " " + schemaPath;
  }
}
