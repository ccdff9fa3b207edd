package io.vireo.netconf.rpc;

import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// The `rpc` element of a message (RFC 6241 §4.1): what its reply must give back.
///
/// @param prefix the prefix that it has; the reply has the same
/// @param namespaces its namespace declarations
/// @param attributes its attributes
public record Request(String prefix, List<Declaration> namespaces, List<Attribute> attributes) {
  /// A namespace declaration; the prefix is empty for the default.
  public record Declaration(String prefix, String namespace) {}

  public record Attribute(String prefix, String namespace, String name, String value) {}

  /// What a reply to an unreadable request has: nothing of its own.
  public static final Request UNREADABLE =
      new Request("", List.of(new Declaration("", Namespaces.BASE)), List.of());

  public Request {
    namespaces = List.copyOf(namespaces);
    attributes = List.copyOf(attributes);
  }

  /// Reads up to and with the start of the message's first element.
  ///
  /// @return null if it isn't `rpc`
  public static @Nullable Request read(XMLStreamReader xml) throws XMLStreamException {
    int event = xml.next();
    while (event != XMLStreamConstants.START_ELEMENT) {
      if (event == XMLStreamConstants.DTD) {
        throw new XMLStreamException("a document type declaration is not allowed (RFC 6241 §3)");
      }
      event = xml.next();
    }
    if (!xml.getLocalName().equals("rpc") || !Namespaces.BASE.equals(xml.getNamespaceURI())) {
      return null;
    }
    List<Declaration> namespaces = new ArrayList<>();
    for (int i = 0; i < xml.getNamespaceCount(); i++) {
      namespaces.add(
          new Declaration(text(xml.getNamespacePrefix(i)), text(xml.getNamespaceURI(i))));
    }
    List<Attribute> attributes = new ArrayList<>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      attributes.add(
          new Attribute(
              text(xml.getAttributePrefix(i)),
              text(xml.getAttributeNamespace(i)),
              xml.getAttributeLocalName(i),
              xml.getAttributeValue(i)));
    }
    return new Request(text(xml.getPrefix()), namespaces, attributes);
  }

  /// RFC 6241 §4.1: message-id is mandatory.
  public void requireMessageId() throws ManagementException {
    for (Attribute attribute : attributes) {
      if (attribute.name().equals("message-id") && attribute.namespace().isEmpty()) {
        return;
      }
    }
    throw RpcErrors.missingAttribute("message-id", "rpc");
  }

  /// Steps to the operation, the only child of `rpc`.
  public static void toOperation(XMLStreamReader xml)
      throws XMLStreamException, ManagementException {
    if (!Params.nextElement(xml)) {
      throw RpcErrors.error(
          ErrorType.RPC,
          io.vireo.datastore.api.ErrorTag.MISSING_ELEMENT,
          null,
          "<rpc> has no operation in it",
          java.util.Map.of("bad-element", "rpc"));
    }
  }

  /// Reads what follows the operation: nothing but the ends. A request is whole before anything of
  /// it is done.
  ///
  /// @param xml stands at the operation's end
  public static void toEnd(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    if (Params.nextElement(xml)) {
      throw RpcErrors.unknownElement(ErrorType.RPC, xml.getLocalName(), "rpc");
    }
    while (xml.hasNext()) {
      xml.next();
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
