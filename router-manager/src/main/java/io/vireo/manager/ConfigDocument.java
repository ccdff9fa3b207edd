package io.vireo.manager;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.json.JsonTreeReader;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// A configuration that somebody wrote: an XML document whose root element (`config`, by custom)
/// holds what an edit-config would (RFC 6241 §7.2), or one JSON object (RFC 7951). What it is shows
/// in its first character.
public record ConfigDocument(SchemaTree device, SchemaTree router) {
  private static final int LOOK_OCTETS = 4096;

  /// The document as edits that are merged.
  ///
  /// @throws IOException it can't be read, or does not fit the schema: the message says where
  public List<TreeEdit> edits(InputStream in) throws IOException {
    return read(
        in,
        xml -> XmlTreeReader.ofDevice(device, router).readEdits(xml, DocumentOperation.MERGE),
        json -> JsonTreeReader.ofDevice(device, router).readEdits(json, DocumentOperation.MERGE));
  }

  /// The document as a whole configuration.
  ///
  /// @throws IOException it can't be read, or does not fit the schema: the message says where
  public DeviceAndRouters whole(InputStream in) throws IOException {
    return read(
        in,
        xml -> XmlTreeReader.ofDevice(device, router).readDocument(xml, true),
        json -> JsonTreeReader.ofDevice(device, router).readDocument(json, true));
  }

  private interface FromXml<T> {
    T read(XMLStreamReader xml) throws SchemaDataException;
  }

  private interface FromJson<T> {
    T read(Reader json) throws SchemaDataException, IOException;
  }

  private static <T> T read(InputStream in, FromXml<T> fromXml, FromJson<T> fromJson)
      throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(in, LOOK_OCTETS);
    bytes.mark(LOOK_OCTETS);
    int first = bytes.read();
    for (int i = 1; i < LOOK_OCTETS && first >= 0 && Character.isWhitespace(first); i++) {
      first = bytes.read();
    }
    bytes.reset();
    try {
      if (first == '{') {
        return fromJson.read(new InputStreamReader(bytes, StandardCharsets.UTF_8));
      }
      if (first != '<' && first != 0xEF && first != 0xFE && first != 0xFF) {
        throw new IOException("it is neither XML nor JSON");
      }
      XMLStreamReader xml = SafeXml.reader(bytes);
      while (!xml.isStartElement()) {
        xml.next();
      }
      return fromXml.read(xml);
    } catch (XMLStreamException | SchemaDataException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }
}
