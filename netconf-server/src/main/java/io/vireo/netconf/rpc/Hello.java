package io.vireo.netconf.rpc;

import io.vireo.schema.xml.SafeXml;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/// The first message of each side (RFC 6241 §8.1).
public final class Hello {
  private Hello() {}

  /// Writes the server's.
  public static void write(OutputStream message, List<String> capabilities, int sessionId)
      throws XMLStreamException {
    XMLStreamWriter xml = SafeXml.writer(message);
    xml.writeStartElement("", "hello", Namespaces.BASE);
    xml.writeDefaultNamespace(Namespaces.BASE);
    xml.writeStartElement("", "capabilities", Namespaces.BASE);
    for (String capability : capabilities) {
      xml.writeStartElement("", "capability", Namespaces.BASE);
      xml.writeCharacters(capability);
      xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeStartElement("", "session-id", Namespaces.BASE);
    xml.writeCharacters(Integer.toString(sessionId));
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
  }

  /// Reads the client's capabilities.
  ///
  /// @throws XMLStreamException if it isn't a hello that a client may send; the session ends
  public static Set<String> read(InputStream message) throws XMLStreamException {
    XMLStreamReader xml = SafeXml.utf8Reader(message);
    int event = xml.next();
    while (event != XMLStreamConstants.START_ELEMENT) {
      if (event == XMLStreamConstants.DTD) {
        throw new XMLStreamException("the hello has a document type declaration");
      }
      event = xml.next();
    }
    xml.require(XMLStreamConstants.START_ELEMENT, Namespaces.BASE, "hello");
    Set<String> capabilities = new HashSet<>();
    int depth = 1;
    while (depth > 0) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          // RFC 6241 §8.1: a client that sends a session-id is refused.
          if (xml.getLocalName().equals("session-id")) {
            throw new XMLStreamException("the client's hello has a session-id");
          }
          if (xml.getLocalName().equals("capability")) {
            capabilities.add(xml.getElementText().strip());
          } else {
            depth++;
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {
          continue;
        }
      }
    }
    while (xml.hasNext()) {
      xml.next();
    }
    return capabilities;
  }
}
