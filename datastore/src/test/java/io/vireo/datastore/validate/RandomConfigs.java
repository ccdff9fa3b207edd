package io.vireo.datastore.validate;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreeEditor;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.RandomTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import io.vireo.schema.xml.XmlTreeWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Configurations drawn at random and made better step by step.
final class RandomConfigs {
  private RandomConfigs() {}

  /// The schema of a context: one that is served, or the tests' own.
  static SchemaTree schema(String context) {
    return switch (context) {
      case SchemaContexts.ROUTER -> TestTrees.ROUTER_TREE;
      case SchemaContexts.DEVICE -> TestTrees.DEVICE_TREE;
      default -> SchemaTree.of(TestTrees.CONTEXTS.load(context));
    };
  }

  /// Those among so many random configurations that are valid and not empty, by number, each as it
  /// is when it was read from its XML once: what a union's member was is settled by that.
  static Map<Integer, ContainerNode> valid(SchemaTree schema, long seed, int documents)
      throws Exception {
    Validation validation = new Validation(TreeSchemas.of(schema, schema));
    Map<Integer, ContainerNode> valid = new TreeMap<>();
    for (int i = 0; i < documents; i++) {
      ContainerNode drawn = RandomTree.config(schema.root(), seed + i);
      ContainerNode data = repaired(validation, schema, drawn, 200, new Random(seed + i));
      if (!data.isEmpty() && validation.check(trees(schema, data)).isEmpty()) {
        valid.put(i, readXml(schema, xml(schema, data)));
      }
    }
    return valid;
  }

  /// As yanglint reads it: without an element around it.
  static String bare(String xml) {
    return xml.replaceAll("</?config/?>", "");
  }

  /// Takes out some of what is wrong: documents with one fault tell more than those with ten.
  ///
  /// @param repairs how many faults to take out at most
  static ContainerNode repaired(
      Validation validation, SchemaTree schema, ContainerNode data, int repairs, Random random)
      throws ManagementException {
    ContainerNode at = data;
    for (int i = 0; i < repairs; i++) {
      List<ManagementError> errors = validation.check(trees(schema, at));
      if (errors.isEmpty()) {
        return at;
      }
      YangInstanceIdentifier path = errors.get(random.nextInt(errors.size())).path();
      NormalizedNode wrong = path == null ? null : TreeDifference.find(at, path);
      while (path != null && wrong == null) {
        path = path.getParent();
        wrong = path == null ? null : TreeDifference.find(at, path);
      }
      // Of what is large, some part goes.
      while (path != null
          && path.getPathArguments().size() < 3
          && wrong instanceof DistinctNodeContainer<?, ?> nodes
          && !nodes.isEmpty()) {
        List<NormalizedNode> children = List.copyOf(nodes.body());
        wrong = children.get(random.nextInt(children.size()));
        path = path.node(wrong.name());
      }
      at = without(schema, at, path == null ? YangInstanceIdentifier.of() : path);
    }
    return at;
  }

  private static ContainerNode without(
      SchemaTree schema, ContainerNode data, YangInstanceIdentifier path)
      throws ManagementException {
    TreeEditor editor = new TreeEditor(new TreeSchema(schema), TreeId.DEVICE, data);
    try {
      editor.apply(new EditOperation.Remove(path));
    } catch (ManagementException e) {
      // A key stays: its entry goes.
      editor.apply(new EditOperation.Remove(Objects.requireNonNull(path.getParent())));
    }
    return editor.finish().root();
  }

  /// The data as the tree that its schema is of.
  static Trees trees(SchemaTree schema, ContainerNode data) {
    return schema.context().name().equals(SchemaContexts.ROUTER)
        ? new Trees(TreeSchema.EMPTY, Map.of("r", data))
        : new Trees(data, Map.of());
  }

  /// The path of a node drawn from all below the top.
  static YangInstanceIdentifier pathIn(ContainerNode data, Random random) {
    YangInstanceIdentifier path = YangInstanceIdentifier.of();
    NormalizedNode at = data;
    while (at instanceof DistinctNodeContainer<?, ?> nodes && !nodes.isEmpty()) {
      if (path.getPathArguments().size() > 1 && random.nextInt(4) == 0) {
        break;
      }
      List<NormalizedNode> children = List.copyOf(nodes.body());
      at = children.get(random.nextInt(children.size()));
      path = path.node(at.name());
    }
    return path;
  }

  /// As a document, in a `config` element.
  static String xml(SchemaTree schema, ContainerNode data) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XMLStreamWriter out = SafeXml.writer(bytes);
    out.writeStartElement("config");
    XmlTreeWriter.ofRouter(schema).write(out, data);
    out.writeEndElement();
    out.close();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// What such a document says.
  static ContainerNode readXml(SchemaTree schema, String xml) throws Exception {
    XMLStreamReader in =
        SafeXml.utf8Reader(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    in.nextTag();
    return XmlTreeReader.ofRouter("r", schema).readDocument(in, true).device();
  }
}
