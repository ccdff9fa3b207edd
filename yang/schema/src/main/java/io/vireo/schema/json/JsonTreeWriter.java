package io.vireo.schema.json;

import com.google.gson.stream.JsonWriter;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.node.EntryOrder;
import io.vireo.schema.node.NodeContent;
import io.vireo.schema.node.PathWalk;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.type.CanonicalText;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;

/// Writes trees of a schema, and the trees mounted in it, as one JSON object (RFC 7951). Entries of
/// lists whose order is the system's are sorted by key.
public final class JsonTreeWriter {
  private final SchemaTree schema;
  private final @Nullable SchemaTree mounted;

  private JsonTreeWriter(SchemaTree schema, @Nullable SchemaTree mounted) {
    this.schema = schema;
    this.mounted = mounted;
  }

  /// For the device's tree with the routers' mounted.
  public static JsonTreeWriter ofDevice(SchemaTree device, SchemaTree router) {
    return new JsonTreeWriter(device, router);
  }

  /// For one virtual router's tree alone.
  public static JsonTreeWriter ofRouter(SchemaTree router) {
    return new JsonTreeWriter(router, null);
  }

  /// The device's tree with those of its routers in their places.
  ///
  /// @param indent of each level; empty: all in one line
  public void write(Writer out, DeviceAndRouters trees, String indent) throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.setIndent(indent);
    json.beginObject();
    new Pass(json, trees.routers()).content(schema.root(), trees.device());
    json.endObject();
    json.flush();
  }

  /// The tree alone.
  public void write(Writer out, ContainerNode data, String indent) throws IOException {
    write(out, new DeviceAndRouters(data, new java.util.TreeMap<>()), indent);
  }

  /// One document on its way out.
  private final class Pass {
    private final JsonWriter out;
    private final Map<String, ContainerNode> routers;

    Pass(JsonWriter out, Map<String, ContainerNode> routers) {
      this.out = out;
      this.routers = routers;
    }

    void content(SchemaNode node, DataContainerNode data) throws IOException {
      for (NodeContent child : NodeContent.of(node, data)) {
        out.name(name(node, child.schema()));
        value(child.schema(), child.data());
      }
    }

    // RFC 7951 §4.
    private String name(SchemaNode parent, SchemaNode child) {
      boolean same =
          parent.parent() != null
              && parent.tree().equals(child.tree())
              && parent.name().getModule().equals(child.name().getModule());
      return same ? child.name().getLocalName() : child.qualifiedName();
    }

    private void value(SchemaNode node, NormalizedNode data) throws IOException {
      switch (data) {
        case LeafNode<?> leaf -> leaf(node, leaf.body());
        case LeafSetNode<?> list -> {
          out.beginArray();
          for (LeafSetEntryNode<?> entry : list.body()) {
            leaf(node, entry.body());
          }
          out.endArray();
        }
        case MapNode map -> {
          out.beginArray();
          for (MapEntryNode entry : EntryOrder.sorted(node, map)) {
            out.beginObject();
            content(node, entry);
            mounts(node, entry);
            out.endObject();
          }
          out.endArray();
        }
        case UnkeyedListNode list -> {
          out.beginArray();
          for (DataContainerNode entry : list.body()) {
            out.beginObject();
            content(node, entry);
            out.endObject();
          }
          out.endArray();
        }
        case DataContainerNode container -> {
          out.beginObject();
          content(node, container);
          out.endObject();
        }
        default ->
            throw new IllegalArgumentException(node + ": free-form content is not supported");
      }
    }

    private void mounts(SchemaNode node, MapEntryNode entry) throws IOException {
      SchemaTree inner = mounted;
      if (inner == null || routers.isEmpty()) {
        return;
      }
      for (SchemaNode child : node.children()) {
        ContainerNode tree =
            child.isMountPoint()
                ? routers.get(String.valueOf(entry.name().values().iterator().next()))
                : null;
        if (tree != null && !tree.isEmpty()) {
          out.name(name(node, child));
          out.beginObject();
          content(inner.root(), tree);
          out.endObject();
        }
      }
    }

    // RFC 7951 §6.
    private void leaf(SchemaNode node, Object value) throws IOException {
      switch (value) {
        case Boolean truth -> out.value(truth);
        case Byte number -> out.value(number);
        case Short number -> out.value(number);
        case Integer number -> out.value(number);
        case Uint8 number -> out.value(number.intValue());
        case Uint16 number -> out.value(number.intValue());
        case Uint32 number -> out.value(number.longValue());
        case Empty nothing -> {
          out.beginArray();
          out.nullValue();
          out.endArray();
        }
        default -> out.value(text(node.tree(), value));
      }
    }

    private String text(SchemaTree tree, Object value) {
      return CanonicalText.of(
          value,
          identity -> tree.moduleName(identity.getModule()) + ":" + identity.getLocalName(),
          path -> path(tree, path));
    }

    // RFC 7951 §6.11; choices are steps of YANG Tools' paths, not of the data's.
    private String path(SchemaTree tree, YangInstanceIdentifier path) {
      StringBuilder text = new StringBuilder();
      PathWalk walk = new PathWalk(tree.root());
      for (PathArgument step : path.getPathArguments()) {
        SchemaNode above = walk.at();
        walk.take(step);
        if (!walk.at().equals(above)) {
          text.append('/').append(name(above, walk.at()));
        }
        if (step instanceof NodeIdentifierWithPredicates keys) {
          keys.entrySet()
              .forEach(key ->
                  text.append('[')
                      .append(key.getKey().getLocalName())
                      .append('=')
                      .append(quoted(text(tree, key.getValue())))
                      .append(']'));
        } else if (step instanceof NodeWithValue<?> one) {
          text.append("[.=").append(quoted(text(tree, one.getValue()))).append(']');
        }
      }
      return text.toString();
    }

    private static String quoted(String text) {
      return text.contains("'") ? "\"" + text + "\"" : "'" + text + "'";
    }
  }
}
