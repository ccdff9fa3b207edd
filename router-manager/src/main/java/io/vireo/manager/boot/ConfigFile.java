package io.vireo.manager.boot;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The operator's configuration file: an XML document whose root element (`config`, by custom)
/// holds what an edit-config would (RFC 6241 §7.2).
final class ConfigFile {
  private ConfigFile() {}

  static List<TreeEdit> edits(Path file, SchemaTree device, SchemaTree router) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return edits(in, device, router);
    } catch (IOException wrong) {
      throw new IOException("--config: " + wrong.getMessage(), wrong);
    }
  }

  static List<TreeEdit> edits(InputStream in, SchemaTree device, SchemaTree router)
      throws IOException {
    try {
      XMLStreamReader xml = SafeXml.reader(in);
      while (!xml.isStartElement()) {
        xml.next();
      }
      return XmlTreeReader.ofDevice(device, router).readEdits(xml, DocumentOperation.MERGE);
    } catch (XMLStreamException | SchemaDataException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }
}
