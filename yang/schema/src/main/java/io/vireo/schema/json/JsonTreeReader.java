package io.vireo.schema.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.vireo.schema.SchemaDataException;
import io.vireo.schema.SchemaDataException.Tag;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.document.DocumentElement;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.document.EditPlanner;
import io.vireo.schema.document.SingleNodes;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.type.InvalidValueException;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.type.EmptyTypeDefinition;

/// Reads documents of a tree, and of the trees mounted in it: one JSON object, whose members are
/// the top-level nodes.
public final class JsonTreeReader {
  private final TreeId tree;
  private final SchemaTree schema;
  private final @Nullable SchemaTree mounted;

  private JsonTreeReader(TreeId tree, SchemaTree schema, @Nullable SchemaTree mounted) {
    this.tree = tree;
    this.schema = schema;
    this.mounted = mounted;
  }

  /// For the device's tree with the routers' mounted.
  public static JsonTreeReader ofDevice(SchemaTree device, SchemaTree router) {
    return new JsonTreeReader(TreeId.DEVICE, device, router);
  }

  /// For one virtual router's tree alone.
  public static JsonTreeReader ofRouter(String name, SchemaTree router) {
    return new JsonTreeReader(new TreeId.Router(name), router, null);
  }

  /// A document, taken apart at the mount points.
  ///
  /// @param configOnly whether state in it is an error
  public DeviceAndRouters readDocument(Reader in, boolean configOnly)
      throws SchemaDataException, IOException {
    return DeviceAndRouters.of(read(in, configOnly), schema, mounted);
  }

  /// A document as primitive edits.
  public List<TreeEdit> readEdits(Reader in, DocumentOperation operation)
      throws SchemaDataException, IOException {
    return EditPlanner.of(read(in, true), operation);
  }

  private DocumentElement read(Reader text, boolean configOnly)
      throws SchemaDataException, IOException {
    DocumentElement top = new DocumentElement(schema.root(), tree);
    JsonReader in = new JsonReader(text);
    in.setStrictness(Strictness.STRICT);
    try {
      new Pass(in, configOnly).object(top);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw malformed(top, "something follows the document's end");
      }
      return top;
    } catch (com.google.gson.stream.MalformedJsonException | java.io.EOFException e) {
      throw malformed(top, "it is not well-formed JSON: " + e.getMessage());
    }
  }

  private static SchemaDataException malformed(DocumentElement at, String message) {
    return new SchemaDataException(Tag.MALFORMED_MESSAGE, at.place(), null, null, message, null);
  }

  /// One document on its way in.
  private final class Pass {
    private final JsonReader in;
    private final boolean configOnly;

    Pass(JsonReader in, boolean configOnly) {
      this.in = in;
      this.configOnly = configOnly;
    }

    private void require(JsonToken wanted, DocumentElement at, String name, String words)
        throws IOException, SchemaDataException {
      if (in.peek() != wanted) {
        throw new SchemaDataException(
            Tag.BAD_ELEMENT,
            at.place(),
            name,
            null,
            "'" + name + "' is " + words + " in JSON, not " + words(in.peek()),
            null);
      }
    }

    private static String words(JsonToken token) {
      return switch (token) {
        case BEGIN_ARRAY -> "an array";
        case BEGIN_OBJECT -> "an object";
        case STRING -> "a string";
        case NUMBER -> "a number";
        case BOOLEAN -> "a truth value";
        case NULL -> "null";
        case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT -> "nothing";
      };
    }

    void object(DocumentElement parent) throws IOException, SchemaDataException {
      require(JsonToken.BEGIN_OBJECT, parent, parent.schema().name().getLocalName(), "an object");
      SingleNodes single = new SingleNodes();
      in.beginObject();
      while (in.hasNext()) {
        String name = in.nextName();
        if (name.startsWith("@")) {
          in.skipValue(); // RFC 7952 §5.2
          continue;
        }
        SchemaNode node = schemaOf(parent, name);
        if (!single.add(node)) {
          throw bad(parent, name, "stands twice in its object");
        }
        member(parent, node, name);
      }
      in.endObject();
    }

    private void member(DocumentElement parent, SchemaNode node, String name)
        throws IOException, SchemaDataException {
      switch (node.kind()) {
        case LEAF -> leaf(child(parent, node), name);
        case CONTAINER -> {
          DocumentElement element = child(parent, node);
          object(element);
          element.end();
        }
        case LEAF_LIST, LIST -> {
          require(JsonToken.BEGIN_ARRAY, parent, name, "an array");
          in.beginArray();
          while (in.hasNext()) {
            DocumentElement element = child(parent, node);
            if (node.kind() == NodeKind.LIST) {
              object(element);
              element.end();
            } else {
              leaf(element, name);
            }
          }
          in.endArray();
        }
        case ROOT, ANYDATA ->
            throw new SchemaDataException(
                Tag.OPERATION_NOT_SUPPORTED,
                parent.place(),
                name,
                null,
                "free-form content is not supported",
                null);
      }
    }

    private static DocumentElement child(DocumentElement parent, SchemaNode node) {
      DocumentElement element = new DocumentElement(parent, node, null, null);
      parent.add(element);
      return element;
    }

    private void leaf(DocumentElement element, String name)
        throws IOException, SchemaDataException {
      SchemaNode node = element.schema();
      boolean empty =
          node.type() instanceof EmptyTypeDefinition && in.peek() == JsonToken.BEGIN_ARRAY;
      if (empty) {
        in.beginArray();
      }
      JsonToken token = in.peek();
      String text =
          switch (token) {
            case STRING, NUMBER -> in.nextString();
            case BOOLEAN -> Boolean.toString(in.nextBoolean());
            case NULL -> {
              in.nextNull();
              yield "";
            }
            case BEGIN_ARRAY, END_ARRAY, BEGIN_OBJECT, END_OBJECT, NAME, END_DOCUMENT ->
                throw bad(element, name, "is a leaf: it has one value, not " + words(token));
          };
      if (empty) {
        in.endArray();
      }
      try {
        element.setValue(node.typedText().read(text, new JsonForm(node, token)));
      } catch (InvalidValueException e) {
        throw SchemaDataException.invalidValue(
            element.place(), node.name().getLocalName(), text, words(node, e), e);
      }
    }

    private static String words(SchemaNode node, InvalidValueException e) {
      String own = String.valueOf(e.getMessage());
      return own.startsWith("in JSON") ? node.typeWords() + " (" + own + ")" : node.typeWords();
    }

    // RFC 7951 §4: names of another module than the parent's, and top-level ones, are qualified.
    private SchemaNode schemaOf(DocumentElement parent, String name) throws SchemaDataException {
      SchemaTree mount = mounted;
      SchemaNode holder =
          mount != null && parent.schema().isMountPoint() ? mount.root() : parent.schema();
      int colon = name.indexOf(':');
      String local = name.substring(colon + 1);
      String module = colon < 0 ? null : name.substring(0, colon);
      for (SchemaNode node : holder.namesakes(local)) {
        boolean own =
            holder.kind() != NodeKind.ROOT
                && node.name().getModule().equals(holder.name().getModule());
        if (module == null ? own : node.tree().moduleName(node.name().getModule()).equals(module)) {
          if (configOnly && !node.isConfig()) {
            throw bad(parent, name, "is state, not configuration");
          }
          return node;
        }
      }
      boolean known = module == null && !holder.namesakes(local).isEmpty();
      throw new SchemaDataException(
          Tag.UNKNOWN_ELEMENT,
          parent.place(),
          name,
          null,
          known
              ? "'"
                  + name
                  + "' needs its module's name: '"
                  + holder.namesakes(local).getFirst().qualifiedName()
                  + "'"
              : "there is no '" + name + "' here",
          null);
    }

    private static SchemaDataException bad(DocumentElement at, String name, String message) {
      return new SchemaDataException(
          Tag.BAD_ELEMENT, at.place(), name, null, "'" + name + "' " + message, null);
    }
  }
}
