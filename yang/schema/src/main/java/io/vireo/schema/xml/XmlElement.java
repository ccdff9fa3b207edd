package io.vireo.schema.xml;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.SchemaDataException.Place;
import io.vireo.schema.SchemaDataException.Tag;
import io.vireo.schema.edit.Position;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// An element of a document, matched with its schema node.
final class XmlElement {
  private final @Nullable XmlElement parent;
  private final SchemaNode schema;
  private final @Nullable XmlOperation operation;
  private final @Nullable Position position;
  private final TreeId top;
  private List<XmlElement> children = List.of();
  private @Nullable Object value;
  private boolean parted;
  private @Nullable NormalizedNode data;

  /// The document's own top, of tree `top`.
  XmlElement(SchemaNode root, TreeId top) {
    this(null, root, null, null, top);
  }

  /// An element in another.
  XmlElement(
      XmlElement parent,
      SchemaNode schema,
      @Nullable XmlOperation operation,
      @Nullable Position position) {
    this(parent, schema, operation, position, parent.top);
  }

  private XmlElement(
      @Nullable XmlElement parent,
      SchemaNode schema,
      @Nullable XmlOperation operation,
      @Nullable Position position,
      TreeId top) {
    this.position = position;
    this.parent = parent;
    this.schema = schema;
    this.operation = operation;
    this.top = top;
    if (operation != null || position != null || schema.isMountPoint()) {
      for (XmlElement at = this; at != null && !at.parted; at = at.parent) {
        at.parted = true;
      }
    }
  }

  /// Whether it or anything inside has an operation or a place of its own, or is of another tree.
  boolean isParted() {
    return parted;
  }

  SchemaNode schema() {
    return schema;
  }

  /// Where in its list it is to stand; null: nothing is said.
  @Nullable Position position() {
    return position;
  }

  @Nullable XmlOperation operation() {
    return operation;
  }

  /// Those inside; none of one whose data is made.
  List<XmlElement> children() {
    return children;
  }

  /// Puts what was made of the elements inside in their place: of a large document only data is
  /// kept.
  void settle(NormalizedNode made) {
    data = made;
    children = List.of();
  }

  /// What was made of it; null: nothing so far.
  @Nullable NormalizedNode data() {
    return data;
  }

  void add(XmlElement child) {
    if (children.isEmpty()) {
      children = new ArrayList<>();
    }
    children.add(child);
  }

  /// A leaf's or leaf-list entry's value; null where it is deleted without being named.
  @Nullable Object value() {
    return value;
  }

  void setValue(Object value) {
    this.value = value;
  }

  /// The tree this element is in: below a mount point, that of its logical network element.
  TreeId tree() throws SchemaDataException {
    for (XmlElement at = parent; at != null; at = at.parent) {
      if (at.schema.isMountPoint()) {
        return at.mountedTree();
      }
    }
    return top;
  }

  /// Of a mount point: the tree mounted, named by the key of the entry around it.
  TreeId.Router mountedTree() throws SchemaDataException {
    XmlElement entry = parent;
    if (entry == null) {
      throw new IllegalStateException(schema + " is mounted nowhere");
    }
    return entry.routerTree();
  }

  /// Of a logical network element: its router's tree.
  TreeId.Router routerTree() throws SchemaDataException {
    String name = String.valueOf(keys().values().iterator().next());
    return new TreeId.Router(name);
  }

  /// The keys of a list entry.
  Map<QName, Object> keys() throws SchemaDataException {
    if (data instanceof MapEntryNode entry) {
      return entry.name().asMap();
    }
    Map<QName, Object> keys = new LinkedHashMap<>();
    for (QName key : schema.keys()) {
      Object found = null;
      for (XmlElement child : children) {
        if (child.schema.name().equals(key)) {
          found = child.value;
        }
      }
      if (found == null) {
        throw new SchemaDataException(
            Tag.MISSING_ELEMENT,
            place(),
            key.getLocalName(),
            null,
            "an entry of list '"
                + schema.name().getLocalName()
                + "' needs its key '"
                + key.getLocalName()
                + "'",
            null);
      }
      keys.put(key, found);
    }
    return keys;
  }

  /// The last step of the path: of an entry the one with keys or value.
  PathArgument identifier() throws SchemaDataException {
    return switch (schema.kind()) {
      case LIST ->
          schema.keys().isEmpty()
              ? schema.identifier()
              : NodeIdentifierWithPredicates.of(schema.name(), keys());
      case LEAF_LIST ->
          value == null ? schema.identifier() : new NodeWithValue<>(schema.name(), value);
      case ROOT, CONTAINER, LEAF, ANYDATA -> schema.identifier();
    };
  }

  /// The path from the top of the tree that the element is in.
  YangInstanceIdentifier path() throws SchemaDataException {
    List<PathArgument> arguments = new ArrayList<>();
    addPath(arguments);
    return YangInstanceIdentifier.of(arguments);
  }

  private void addPath(List<PathArgument> arguments) throws SchemaDataException {
    if (parent == null) {
      return;
    }
    if (!parent.schema.isMountPoint()) {
      parent.addPath(arguments);
    }
    arguments.addAll(schema.pathArguments());
    PathArgument last = identifier();
    if (!last.equals(schema.identifier())) {
      arguments.add(last);
    }
  }

  /// Where the element is; steps whose keys are not read yet are left out of the path.
  Place place() {
    StringBuilder text = new StringBuilder();
    describe(text);
    String shown = text.isEmpty() ? "/" : text.toString();
    try {
      return new Place(tree(), hasAllKeys() ? path() : YangInstanceIdentifier.of(), shown);
    } catch (SchemaDataException e) {
      return new Place(top, YangInstanceIdentifier.of(), shown);
    }
  }

  private boolean hasAllKeys() {
    for (XmlElement at = this; at != null; at = at.parent) {
      XmlElement entry = at;
      if (at.schema.kind() == NodeKind.LIST
          && !at.schema.keys().stream().allMatch(key -> entry.textOf(key) != null)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable String textOf(QName key) {
    for (XmlElement child : children) {
      if (child.schema.name().equals(key) && child.value != null) {
        return child.value.toString();
      }
    }
    return null;
  }

  private void describe(StringBuilder text) {
    if (parent == null) {
      return;
    }
    parent.describe(text);
    text.append('/').append(schema.name().getLocalName());
    for (QName key : schema.keys()) {
      String keyText = textOf(key);
      if (keyText != null) {
        text.append('[').append(key.getLocalName()).append("='").append(keyText).append("']");
      }
    }
  }
}
