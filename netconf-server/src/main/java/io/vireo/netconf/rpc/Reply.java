package io.vireo.netconf.rpc;

import io.vireo.datastore.api.ManagementException;
import io.vireo.schema.xml.SafeXml;
import java.io.OutputStream;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// The `rpc-reply` element (RFC 6241 §4.2), written as it is produced. An operation writes data, or
/// `ok`, or throws before it wrote anything.
public final class Reply {
  private final XMLStreamWriter xml;
  private final Request request;

  /// Begins the reply: it has the request's prefix, namespace declarations and attributes.
  public Reply(OutputStream message, Request request) throws XMLStreamException {
    this.request = request;
    xml = SafeXml.writer(message);
    start("rpc-reply");
    boolean declared = false;
    for (Request.Declaration declaration : request.namespaces()) {
      declared |= declaration.prefix().equals(request.prefix());
      if (declaration.prefix().isEmpty()) {
        xml.writeDefaultNamespace(declaration.namespace());
      } else {
        xml.writeNamespace(declaration.prefix(), declaration.namespace());
      }
    }
    if (!declared) {
      throw new XMLStreamException("the prefix of <rpc> is declared nowhere");
    }
    // RFC 6241 §4.1: all attributes come back unmodified.
    for (Request.Attribute attribute : request.attributes()) {
      if (attribute.namespace().isEmpty()) {
        xml.writeAttribute(attribute.name(), attribute.value());
      } else {
        xml.writeAttribute(
            attribute.prefix(), attribute.namespace(), attribute.name(), attribute.value());
      }
    }
  }

  /// For what has a writer of its own, such as data trees.
  public XMLStreamWriter xml() {
    return xml;
  }

  /// Starts an element of the protocol's namespace.
  public void start(String name) throws XMLStreamException {
    xml.writeStartElement(request.prefix(), name, Namespaces.BASE);
  }

  public void end() throws XMLStreamException {
    xml.writeEndElement();
  }

  public void text(String text) throws XMLStreamException {
    xml.writeCharacters(XmlText.legal(text));
  }

  public void leaf(String name, String value) throws XMLStreamException {
    start(name);
    text(value);
    end();
  }

  /// RFC 6241 §4.4.
  public void ok() throws XMLStreamException {
    xml.writeEmptyElement(request.prefix(), "ok", Namespaces.BASE);
  }

  /// What a person should know although all went well; a program takes no notice.
  public void remarks(List<String> remarks) throws XMLStreamException {
    for (String remark : remarks) {
      xml.writeComment(" " + XmlText.legal(remark).replace("--", "- -") + " ");
    }
  }

  public void errors(ErrorWriter writer, ManagementException refusal) throws XMLStreamException {
    for (var error : refusal.errors()) {
      writer.write(this, error);
    }
  }

  /// Ends the reply's XML.
  public void finish() throws XMLStreamException {
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
  }
}
