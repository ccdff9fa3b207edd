package io.vireo.tests.bench;

import io.vireo.schema.node.SchemaTree;
import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlParserStream;
import org.opendaylight.yangtools.yang.data.impl.schema.ImmutableNormalizedNodeStreamWriter;
import org.opendaylight.yangtools.yang.data.impl.schema.NormalizationResultHolder;
import org.opendaylight.yangtools.yang.data.tree.api.DataTree;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeConfiguration;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeModification;
import org.opendaylight.yangtools.yang.data.tree.api.TreeType;
import org.opendaylight.yangtools.yang.data.tree.impl.ReferenceDataTreeFactory;

/// The peer: YANG Tools' own XML parser and data tree, which checks types and little else.
final class BareTree {
  private final SchemaTree schema;
  private final XMLInputFactory inputs = XMLInputFactory.newFactory();
  private final DataTree tree;

  BareTree(SchemaTree schema) {
    this.schema = schema;
    this.tree =
        new ReferenceDataTreeFactory()
            .create(
                DataTreeConfiguration.builder(TreeType.CONFIGURATION)
                    .setMandatoryNodesValidation(false)
                    .build(),
                schema.context().model());
  }

  /// Parses a document and merges it.
  void merge(byte[] xml) throws Exception {
    NormalizationResultHolder holder = new NormalizationResultHolder();
    try (var writer = ImmutableNormalizedNodeStreamWriter.from(holder);
        var parser = XmlParserStream.create(writer, schema.context().model())) {
      parser.parse(inputs.createXMLStreamReader(new ByteArrayInputStream(xml)));
    }
    NormalizedNode data = holder.getResult().data();
    DataTreeModification modification = tree.takeSnapshot().newModification();
    modification.merge(YangInstanceIdentifier.of(), data);
    modification.ready();
    tree.validate(modification);
    tree.commit(tree.prepare(modification));
  }
}
