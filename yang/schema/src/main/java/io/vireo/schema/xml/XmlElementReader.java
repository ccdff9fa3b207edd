package io.vireo.schema.xml;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.SchemaDataException.Tag;
import io.vireo.schema.document.DocumentElement;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.document.SingleNodes;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.type.InvalidValueException;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Reads a document's elements and matches them with a schema.
///
/// @param mounted what stands at mount points; null where nothing is mounted
/// @param operations whether elements may carry an `operation`
/// @param configOnly whether state is refused
record XmlElementReader(@Nullable SchemaTree mounted, boolean operations, boolean configOnly) {
  private static final String NETCONF = "urn:ietf:params:xml:ns:netconf:base:1.0";
  private static final String DEFAULT = "urn:ietf:params:xml:ns:netconf:default:1.0";

  /// Reads what is inside the element that `in` is at, up to its end.
  void readContent(XMLStreamReader in, DocumentElement parent) throws SchemaDataException {
    try {
      content(in, parent);
    } catch (XMLStreamException e) {
      throw new SchemaDataException(
          Tag.MALFORMED_MESSAGE,
          parent.place(),
          null,
          null,
          "the XML is not well-formed: " + e.getMessage(),
          e);
    }
  }

  private void content(XMLStreamReader in, DocumentElement parent)
      throws XMLStreamException, SchemaDataException {
    SingleNodes single = new SingleNodes();
    while (true) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          SchemaNode schema = schemaOf(in, parent);
          DocumentOperation operation = operationOf(in, parent, schema);
          // RFC 6243 §4.5.2: back to the default, which is in use where nothing is set.
          boolean isDefault =
              (operation == null
                      || operation == DocumentOperation.MERGE
                      || operation == DocumentOperation.REPLACE)
                  && isDefault(in, schema);
          if (isDefault) {
            operation = operation == null ? DocumentOperation.UNSET : DocumentOperation.REMOVE;
          }
          DocumentElement element =
              new DocumentElement(
                  parent,
                  schema,
                  operation,
                  XmlPosition.of(in, parent, schema, operation, operations));
          if (!schema.hasEntries() && !single.add(schema)) {
            throw bad(parent, schema, "the element stands twice in its parent");
          }
          if (isDefault) {
            requireDefault(in, element);
            if (operations) {
              parent.add(element);
            }
            continue;
          }
          // Added before it is read: errors inside can then name keys read so far.
          parent.add(element);
          element(in, element);
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!in.isWhiteSpace()) {
            String text = in.getText().strip();
            throw new SchemaDataException(
                Tag.BAD_ELEMENT,
                parent.place(),
                parent.schema().name().getLocalName(),
                text,
                "text '" + text + "' stands where only elements may",
                null);
          }
        }
        case XMLStreamConstants.ENTITY_REFERENCE -> throw unknownEntity(in);
        default -> {
          // Comments and processing instructions mean nothing here.
        }
      }
    }
  }

  private static XMLStreamException unknownEntity(XMLStreamReader in) {
    return new XMLStreamException(
        "entity '" + in.getLocalName() + "' is not known", in.getLocation());
  }

  private void element(XMLStreamReader in, DocumentElement element)
      throws XMLStreamException, SchemaDataException {
    switch (element.schema().kind()) {
      case LEAF, LEAF_LIST -> leaf(in, element);
      case ANYDATA ->
          throw new SchemaDataException(
              Tag.OPERATION_NOT_SUPPORTED,
              element.place(),
              element.schema().name().getLocalName(),
              null,
              "free-form content is not supported",
              null);
      case ROOT, CONTAINER, LIST -> {
        content(in, element);
        element.end();
      }
    }
  }

  private void leaf(XMLStreamReader in, DocumentElement element)
      throws XMLStreamException, SchemaDataException {
    SchemaNode schema = element.schema();
    String text = elementText(in, element);
    DocumentOperation operation = element.operation();
    if (operation != null && operation.isDeletion() && schema.kind() == NodeKind.LEAF) {
      if (schema.isKey()) {
        throw new SchemaDataException(
            Tag.BAD_ATTRIBUTE,
            element.place(),
            "operation",
            null,
            "a key cannot be deleted: delete the entry",
            null);
      }
      return;
    }
    element.setValue(value(in, element, text));
  }

  // RFC 6243 §4.5.2
  private void requireDefault(XMLStreamReader in, DocumentElement element)
      throws XMLStreamException, SchemaDataException {
    SchemaNode schema = element.schema();
    String text = elementText(in, element);
    if (!schema.defaults().contains(value(in, element, text))) {
      String name = schema.name().getLocalName();
      throw new SchemaDataException(
          Tag.INVALID_VALUE,
          element.place(),
          name,
          text,
          "'" + text + "' is marked as the default of '" + name + "', which it is not",
          null);
    }
  }

  private Object value(XMLStreamReader in, DocumentElement element, String text)
      throws SchemaDataException {
    SchemaNode schema = element.schema();
    boolean keepsSpace =
        schema.type() instanceof StringTypeDefinition
            || schema.type() instanceof UnionTypeDefinition;
    String shown = keepsSpace ? text : text.strip();
    try {
      return schema.typedText().read(shown, new XmlForm(schema, in.getNamespaceContext(), mounted));
    } catch (InvalidValueException e) {
      throw SchemaDataException.invalidValue(
          element.place(), schema.name().getLocalName(), shown, schema.typeWords(), e);
    }
  }

  private static String elementText(XMLStreamReader in, DocumentElement element)
      throws XMLStreamException, SchemaDataException {
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (in.next()) {
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(in.getText());
        case XMLStreamConstants.START_ELEMENT ->
            throw new SchemaDataException(
                Tag.UNKNOWN_ELEMENT,
                element.place(),
                in.getLocalName(),
                null,
                "'" + in.getLocalName() + "' stands inside a leaf, which holds text only",
                null);
        case XMLStreamConstants.ENTITY_REFERENCE -> throw unknownEntity(in);
        default -> {
          // Comments and processing instructions mean nothing here.
        }
      }
    }
  }

  private SchemaNode schemaOf(XMLStreamReader in, DocumentElement parent)
      throws SchemaDataException {
    String name = in.getLocalName();
    String namespace = in.getNamespaceURI() == null ? "" : in.getNamespaceURI();
    SchemaNode holder = holderOf(parent);
    SchemaNode schema = holder.lookup(namespace, name);
    if (schema == null) {
      List<SchemaNode> namesakes = holder.namesakes(name);
      if (namesakes.isEmpty()) {
        boolean known = knows(holder.tree(), namespace) || knows(mounted, namespace);
        throw new SchemaDataException(
            known ? Tag.UNKNOWN_ELEMENT : Tag.UNKNOWN_NAMESPACE,
            parent.place(),
            name,
            known ? null : namespace,
            "there is no '" + name + "' here" + (known ? "" : inNamespace(namespace)),
            null);
      }
      throw new SchemaDataException(
          Tag.UNKNOWN_NAMESPACE,
          parent.place(),
          name,
          namespace,
          "'"
              + name
              + "' is of namespace "
              + namesakes.getFirst().name().getNamespace()
              + ", not '"
              + namespace
              + "'",
          null);
    }
    if (configOnly && !schema.isConfig()) {
      throw bad(parent, schema, "this is state, which cannot be configured");
    }
    return schema;
  }

  private static boolean knows(@Nullable SchemaTree schema, String namespace) {
    return schema != null
        && schema.context().model().getModules().stream()
            .anyMatch(module -> module.getNamespace().toString().equals(namespace));
  }

  private static String inNamespace(String namespace) {
    return namespace.isEmpty() ? ": it has no namespace" : ": no module has namespace " + namespace;
  }

  private SchemaNode holderOf(DocumentElement parent) {
    return mounted != null && parent.schema().isMountPoint() ? mounted.root() : parent.schema();
  }

  private @Nullable DocumentOperation operationOf(
      XMLStreamReader in, DocumentElement parent, SchemaNode schema) throws SchemaDataException {
    DocumentOperation operation = null;
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String namespace = in.getAttributeNamespace(i);
      String name = in.getAttributeLocalName(i);
      if (NETCONF.equals(namespace) && name.equals("operation")) {
        operation = DocumentOperation.lookupAttribute(in.getAttributeValue(i));
        if (operation == null || !operations) {
          throw new SchemaDataException(
              Tag.BAD_ATTRIBUTE,
              parent.place(),
              name,
              in.getAttributeValue(i),
              operations
                  ? "operation '"
                      + in.getAttributeValue(i)
                      + "' of '"
                      + schema.name().getLocalName()
                      + "' is none of merge, replace, create, delete, remove"
                  : "an operation has no meaning here",
              null);
        }
      }
    }
    return operation;
  }

  /// Whether a leaf is marked as default data.
  private static boolean isDefault(XMLStreamReader in, SchemaNode schema) {
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String value = in.getAttributeValue(i);
      if (DEFAULT.equals(in.getAttributeNamespace(i))
          && in.getAttributeLocalName(i).equals("default")
          && (value.equals("true") || value.equals("1"))) {
        return schema.kind() == NodeKind.LEAF;
      }
    }
    return false;
  }

  private static SchemaDataException bad(
      DocumentElement parent, SchemaNode schema, String message) {
    String name = schema.name().getLocalName();
    return new SchemaDataException(
        Tag.BAD_ELEMENT, parent.place(), name, null, "'" + name + "': " + message, null);
  }
}
