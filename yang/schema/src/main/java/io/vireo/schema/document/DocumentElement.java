package io.vireo.schema.document;

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
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// An element of a document, or a member of one in JSON, matched with its schema node.
public final class DocumentElement {
  private final @Nullable DocumentElement parent;
  private final SchemaNode schema;
  private final @Nullable DocumentOperation operation;
  private final @Nullable Position position;
  private final TreeId top;
  private List<DocumentElement> children = List.of();
  private @Nullable Object value;
  private boolean parted;
  private @Nullable NormalizedNode data;

  /// The document's own top, of tree `top`.
  public DocumentElement(SchemaNode root, TreeId top) {
    this(null, root, null, null, top);
  }

  /// An element in another.
  public DocumentElement(
      DocumentElement parent,
      SchemaNode schema,
      @Nullable DocumentOperation operation,
      @Nullable Position position) {
    this(parent, schema, operation, position, parent.top);
  }

  private DocumentElement(
      @Nullable DocumentElement parent,
      SchemaNode schema,
      @Nullable DocumentOperation operation,
      @Nullable Position position,
      TreeId top) {
    this.position = position;
    this.parent = parent;
    this.schema = schema;
    this.operation = operation;
    this.top = top;
    if (operation != null || position != null || schema.isMountPoint()) {
      for (DocumentElement at = this; at != null && !at.parted; at = at.parent) {
        at.parted = true;
      }
    }
  }

  /// Whether it or anything inside has an operation or a place of its own, or is of another tree.
  public boolean isParted() {
    return parted;
  }

  public SchemaNode schema() {
    return schema;
  }

  /// Where in its list it is to stand; null: nothing is said.
  public @Nullable Position position() {
    return position;
  }

  public @Nullable DocumentOperation operation() {
    return operation;
  }

  /// Those inside; none of one whose data is made.
  public List<DocumentElement> children() {
    return children;
  }

  /// Everything inside was read. Data is made of it and put in its place, where nothing else will
  /// be asked of the elements: of a large document only data is kept.
  ///
  /// @throws SchemaDataException a key is missing, or an entry stands twice
  public void end() throws SchemaDataException {
    boolean keyed = !schema.keys().isEmpty();
    if (keyed) {
      keys();
    }
    if (!parted && !schema.hasMounts() && (keyed || schema.kind() == NodeKind.CONTAINER)) {
      data = ElementTree.WHOLE.node(this);
      children = List.of();
    }
  }

  /// The tree's data.
  ///
  /// @param root the schema of the tree's top
  public ContainerNode container(SchemaNode root) throws SchemaDataException {
    return ElementTree.WHOLE.container(root, this);
  }

  /// What was made of it; null: nothing so far.
  @Nullable NormalizedNode data() {
    return data;
  }

  public void add(DocumentElement child) {
    if (children.isEmpty()) {
      children = new ArrayList<>();
    }
    children.add(child);
  }

  /// A leaf's or leaf-list entry's value; null where it is deleted without being named.
  public @Nullable Object value() {
    return value;
  }

  public void setValue(Object value) {
    this.value = value;
  }

  /// The tree this element is in: below a mount point, that of its logical network element.
  public TreeId tree() throws SchemaDataException {
    for (DocumentElement at = parent; at != null; at = at.parent) {
      if (at.schema.isMountPoint()) {
        return at.mountedTree();
      }
    }
    return top;
  }

  /// Of a mount point: the tree mounted, named by the key of the entry around it.
  TreeId.Router mountedTree() throws SchemaDataException {
    DocumentElement entry = parent;
    if (entry == null) {
      throw new IllegalStateException(schema + " is mounted nowhere");
    }
    return entry.routerTree();
  }

  /// Of a logical network element: its router's tree.
  public TreeId.Router routerTree() throws SchemaDataException {
    String name = String.valueOf(keys().values().iterator().next());
    return new TreeId.Router(name);
  }

  /// The keys of a list entry.
  public Map<QName, Object> keys() throws SchemaDataException {
    if (data instanceof MapEntryNode entry) {
      return entry.name().asMap();
    }
    Map<QName, Object> keys = new LinkedHashMap<>();
    for (QName key : schema.keys()) {
      Object found = null;
      for (DocumentElement child : children) {
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
  public YangInstanceIdentifier path() throws SchemaDataException {
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
  public Place place() {
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
    for (DocumentElement at = this; at != null; at = at.parent) {
      DocumentElement entry = at;
      if (at.schema.kind() == NodeKind.LIST
          && !at.schema.keys().stream().allMatch(key -> entry.textOf(key) != null)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable String textOf(QName key) {
    for (DocumentElement child : children) {
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
