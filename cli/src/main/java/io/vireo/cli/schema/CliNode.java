package io.vireo.cli.schema;

import io.vireo.schema.type.TypeWords;
import io.vireo.schema.type.TypedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.rfc8528.model.api.MountPointSchemaNode;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerLike;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveStatementEquivalent;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.MandatoryAware;
import org.opendaylight.yangtools.yang.model.api.Status;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;

/// A data node of a schema context. Choices and cases between it and its parent are part of it
/// ([#via]), not nodes.
public final class CliNode {
  /// What kind of node it is.
  public enum Kind {
    CONTAINER,
    LIST,
    LEAF,
    LEAF_LIST,
    /// anydata and anyxml: no command is made for them.
    ANY
  }

  /// A choice on the way to a node, and the case that the node belongs to.
  public record Via(QName choice, QName caseName) {}

  private final CliSchema schema;
  private final @Nullable CliNode parent;
  private final DataSchemaNode definition;
  private final List<QName> schemaPath;
  private final List<Via> via;
  private final Kind kind;
  private @Nullable Map<QName, CliNode> children;
  private @Nullable TypedText typedText;
  private Style style = Style.NONE;

  CliNode(
      CliSchema schema,
      @Nullable CliNode parent,
      DataSchemaNode definition,
      List<QName> schemaPath,
      List<Via> via) {
    this.schema = schema;
    this.parent = parent;
    this.definition = definition;
    this.schemaPath = List.copyOf(schemaPath);
    this.via = List.copyOf(via);
    this.kind =
        switch (definition) {
          case ContainerLike c -> Kind.CONTAINER;
          case ListSchemaNode l -> Kind.LIST;
          case LeafSchemaNode l -> Kind.LEAF;
          case LeafListSchemaNode l -> Kind.LEAF_LIST;
          default -> Kind.ANY;
        };
  }

  public CliSchema schema() {
    return schema;
  }

  /// Null: a tree's root, or an RPC's input or output.
  public @Nullable CliNode parent() {
    return parent;
  }

  public Kind kind() {
    return kind;
  }

  public QName qname() {
    return definition.getQName();
  }

  /// Its name without the module's.
  public String name() {
    return qname().getLocalName();
  }

  /// Choices between the parent and it, the outer one first.
  public List<Via> via() {
    return via;
  }

  /// Names from the root in the schema tree, choices and cases included.
  public List<QName> schemaPath() {
    return schemaPath;
  }

  public Style style() {
    return style;
  }

  /// The statement that defines it; null for a root.
  @Nullable EffectiveStatement<?, ?> effective() {
    return definition instanceof EffectiveStatementEquivalent<?> equivalent
        ? equivalent.asEffectiveStatement()
        : null;
  }

  void addStyle(Style more) {
    style = style.and(more);
  }

  /// The word that is printed and shown for it.
  public String word() {
    return style.keywords().isEmpty() ? name() : style.keywords().getFirst();
  }

  public boolean isConfig() {
    return definition.effectiveConfig().orElse(true);
  }

  /// Whether it is a container that means something by being there.
  public boolean isPresence() {
    return definition instanceof ContainerSchemaNode c && c.isPresenceContainer();
  }

  public boolean isMandatory() {
    return definition instanceof MandatoryAware m && m.isMandatory();
  }

  /// Whether another tree is mounted in it (RFC 8528).
  public boolean isMountPoint() {
    return definition instanceof ContainerSchemaNode c
        && MountPointSchemaNode.streamAll(c).findAny().isPresent();
  }

  /// Whether the user orders its entries (RFC 7950 §7.7.7).
  public boolean isUserOrdered() {
    return switch (definition) {
      case ListSchemaNode l -> l.isUserOrdered();
      case LeafListSchemaNode l -> l.isUserOrdered();
      default -> false;
    };
  }

  /// Keys of a list, in order.
  public List<CliNode> keys() {
    return definition instanceof ListSchemaNode l
        ? l.getKeyDefinition().stream().map(this::requireChild).toList()
        : List.of();
  }

  /// Whether it is a key of its list.
  public boolean isKey() {
    return parent != null
        && parent.definition instanceof ListSchemaNode l
        && l.getKeyDefinition().contains(qname());
  }

  /// The first sentence of its description; empty if there is none.
  public String help() {
    return HelpText.firstSentence(definition.getDescription());
  }

  /// The default, as it stands in the module.
  public @Nullable String defaultText() {
    TypeDefinition<?> type = declaredType();
    return type == null ? null : type.getDefaultValue().map(Object::toString).orElse(null);
  }

  public @Nullable String units() {
    TypeDefinition<?> type = declaredType();
    return type == null ? null : type.getUnits().orElse(null);
  }

  /// A leaf's or leaf-list's type, leafrefs resolved.
  public TypeDefinition<?> type() {
    TypeDefinition<?> type = declaredType();
    if (type == null) {
      throw new IllegalStateException(qname() + " has no type");
    }
    return schema.resolve(this, type);
  }

  /// Reads text as values of a leaf's or leaf-list's type.
  synchronized TypedText typedText() {
    TypedText known = typedText;
    if (known == null) {
      known = TypedText.of(type(), reference -> schema.resolveLeafref(this, reference));
      typedText = known;
    }
    return known;
  }

  /// What may be given for a leaf or leaf-list, as a line of help says it.
  public String typeWords() {
    return TypeWords.brief(type(), reference -> schema.resolveLeafref(this, reference));
  }

  /// What must be given for a leaf or leaf-list, as a message on a wrong value says it.
  String expectation() {
    return TypeWords.describe(type(), reference -> schema.resolveLeafref(this, reference));
  }

  /// A leaf's or leaf-list's type as declared; null: it has none.
  @Nullable TypeDefinition<?> declaredType() {
    return definition instanceof TypeAware typed ? typed.getType() : null;
  }

  /// Data nodes below it, its own as declared.
  public synchronized List<CliNode> children() {
    return List.copyOf(childMap().values());
  }

  /// The child of that name.
  public synchronized Optional<CliNode> child(QName name) {
    return Optional.ofNullable(childMap().get(name));
  }

  /// The only child with that name without its module.
  public Optional<CliNode> child(String localName) {
    List<CliNode> found = children().stream().filter(c -> c.name().equals(localName)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private CliNode requireChild(QName name) {
    return child(name).orElseThrow(() -> new IllegalStateException(this + " has no child " + name));
  }

  private Map<QName, CliNode> childMap() {
    Map<QName, CliNode> known = children;
    if (known == null) {
      known = new LinkedHashMap<>();
      if (definition instanceof DataNodeContainer container) {
        addChildren(container, schemaPath, List.of(), known);
      }
      children = known;
    }
    return known;
  }

  private void addChildren(
      DataNodeContainer container, List<QName> path, List<Via> via, Map<QName, CliNode> into) {
    for (DataSchemaNode node : container.getChildNodes()) {
      List<QName> nodePath = new ArrayList<>(path);
      nodePath.add(node.getQName());
      if (node instanceof ChoiceSchemaNode choice) {
        for (CaseSchemaNode one : choice.getCases()) {
          List<QName> casePath = new ArrayList<>(nodePath);
          casePath.add(one.getQName());
          List<Via> caseVia = new ArrayList<>(via);
          caseVia.add(new Via(choice.getQName(), one.getQName()));
          addChildren(one, casePath, caseVia, into);
        }
      } else if (node.getStatus() != Status.OBSOLETE && schema.isServed(node.getQName())) {
        into.put(node.getQName(), new CliNode(schema, this, node, nodePath, via));
      }
    }
  }

  @Override
  public String toString() {
    return parent == null ? "/" : (parent.parent == null ? "" : parent) + "/" + name();
  }
}
