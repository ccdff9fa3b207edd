package io.vireo.schema.xml;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.SchemaDataException.Tag;
import io.vireo.schema.document.DocumentElement;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.Position;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.type.InvalidValueException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.NamespaceContext;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// The attributes that say where an entry of a user-ordered list or leaf-list goes: `insert`, `key`
/// and `value` (RFC 7950 §7.8.6, §7.7.9).
final class XmlPosition {
  static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:1";

  private static final Pattern PREDICATE =
      Pattern.compile(
          "\\s*\\[\\s*(?:([\\w.-]+):)?([\\w.-]+)\\s*=\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*\\]\\s*");

  private final XMLStreamReader in;
  private final DocumentElement parent;
  private final SchemaNode schema;

  private XmlPosition(XMLStreamReader in, DocumentElement parent, SchemaNode schema) {
    this.in = in;
    this.parent = parent;
    this.schema = schema;
  }

  /// The place that the element's attributes name; null: none.
  ///
  /// @param in at the element's start
  /// @param operation what the element's own operation is
  static @Nullable Position of(
      XMLStreamReader in,
      DocumentElement parent,
      SchemaNode schema,
      @Nullable DocumentOperation operation,
      boolean operations)
      throws SchemaDataException {
    String insert = null;
    String anchor = null;
    String anchorName = schema.kind() == NodeKind.LIST ? "key" : "value";
    XmlPosition position = new XmlPosition(in, parent, schema);
    for (int i = 0; i < in.getAttributeCount(); i++) {
      if (!NAMESPACE.equals(in.getAttributeNamespace(i))) {
        continue;
      }
      String name = in.getAttributeLocalName(i);
      String text = in.getAttributeValue(i);
      if (!operations
          || !schema.isUserOrdered()
          || (operation != null && operation.isDeletion())
          || !(name.equals("insert") || name.equals(anchorName))) {
        throw position.bad(
            Tag.BAD_ATTRIBUTE,
            name,
            text,
            "attribute '"
                + name
                + "' has no meaning at '"
                + schema.name().getLocalName()
                + "'"
                + (schema.isUserOrdered() ? "" : ": its order is the system's"));
      }
      if (name.equals("insert")) {
        insert = text;
      } else {
        anchor = text;
      }
    }
    return insert == null && anchor == null ? null : position.read(insert, anchor, anchorName);
  }

  private Position read(@Nullable String insert, @Nullable String anchor, String anchorName)
      throws SchemaDataException {
    // RFC 7950 §7.8.6: without it, the entry goes last.
    String where = insert == null ? "last" : insert;
    boolean anchored = where.equals("before") || where.equals("after");
    if (anchored && anchor == null) {
      throw bad(
          Tag.MISSING_ATTRIBUTE,
          anchorName,
          null,
          "insert '" + where + "' needs attribute '" + anchorName + "': which entry is meant");
    }
    if (!anchored && anchor != null) {
      throw bad(
          Tag.BAD_ATTRIBUTE,
          anchorName,
          anchor,
          "attribute '" + anchorName + "' goes with insert 'before' or 'after'");
    }
    return switch (where) {
      case "first" -> Position.FIRST;
      case "last" -> Position.LAST;
      case "before" -> new Position.Before(entry(String.valueOf(anchor), anchorName));
      case "after" -> new Position.After(entry(String.valueOf(anchor), anchorName));
      default ->
          throw bad(
              Tag.BAD_ATTRIBUTE,
              "insert",
              where,
              "insert '" + where + "' is none of first, last, before, after");
    };
  }

  private PathArgument entry(String text, String attribute) throws SchemaDataException {
    NamespaceContext namespaces = in.getNamespaceContext();
    if (schema.kind() == NodeKind.LEAF_LIST) {
      return new NodeWithValue<>(schema.name(), value(schema, text, attribute, namespaces));
    }
    Map<QName, Object> found = new HashMap<>();
    Matcher predicates = PREDICATE.matcher(text);
    int at = 0;
    while (at < text.length() && predicates.find(at) && predicates.start() == at) {
      at = predicates.end();
      SchemaNode key = key(predicates.group(1), predicates.group(2), namespaces);
      if (key == null) {
        break;
      }
      String value = predicates.group(3) == null ? predicates.group(4) : predicates.group(3);
      found.put(key.name(), value(key, String.valueOf(value), attribute, namespaces));
    }
    Map<QName, Object> keys = new LinkedHashMap<>();
    for (QName key : schema.keys()) {
      Object value = found.get(key);
      if (value == null || at < text.length()) {
        throw bad(
            Tag.BAD_ATTRIBUTE,
            attribute,
            text,
            "'" + text + "' names no entry: give each key as [prefix:name='value']");
      }
      keys.put(key, value);
    }
    return NodeIdentifierWithPredicates.of(schema.name(), keys);
  }

  private @Nullable SchemaNode key(
      @Nullable String prefix, @Nullable String name, NamespaceContext namespaces) {
    for (QName key : schema.keys()) {
      String namespace = key.getNamespace().toString();
      boolean named =
          prefix == null || namespace.equals(String.valueOf(namespaces.getNamespaceURI(prefix)));
      if (key.getLocalName().equals(name) && named) {
        return schema.require(key);
      }
    }
    return null;
  }

  private Object value(SchemaNode leaf, String text, String attribute, NamespaceContext namespaces)
      throws SchemaDataException {
    try {
      return leaf.typedText().read(text, new XmlForm(leaf, namespaces, null));
    } catch (InvalidValueException e) {
      throw bad(
          Tag.BAD_ATTRIBUTE,
          attribute,
          text,
          "'" + text + "' is no value of '" + leaf.name().getLocalName() + "'");
    }
  }

  private SchemaDataException bad(
      Tag tag, String attribute, @Nullable String value, String message) {
    return new SchemaDataException(tag, parent.place(), attribute, value, message, null);
  }
}
