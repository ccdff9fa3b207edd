package io.vireo.netconf.rpc;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads the parameters of an operation, one child element after the other.
public final class Params {
  private final XMLStreamReader xml;
  private final String operation;
  private final String namespace;
  private final Set<String> known;
  private final Map<String, String> others;

  /// @param xml stands at the operation's start
  /// @param known local names of its parameters
  public Params(XMLStreamReader xml, Set<String> known) {
    this(xml, known, Map.of());
  }

  /// @param others local names of parameters that other modules add, with their namespaces
  public Params(XMLStreamReader xml, Set<String> known, Map<String, String> others) {
    this.xml = xml;
    operation = xml.getLocalName();
    namespace = xml.getNamespaceURI();
    this.known = known;
    this.others = others;
  }

  /// Steps into the next parameter; false at the operation's end.
  public boolean next() throws XMLStreamException, ManagementException {
    if (!nextElement(xml)) {
      return false;
    }
    String name = xml.getLocalName();
    String of = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
    if (of.equals(others.get(name))) {
      return true;
    }
    String expected = others.getOrDefault(name, namespace);
    if (!expected.equals(of) && (known.contains(name) || others.containsKey(name))) {
      throw RpcErrors.error(
          ErrorType.PROTOCOL,
          ErrorTag.UNKNOWN_NAMESPACE,
          null,
          "<%s> is of namespace '%s', and in <%s> it is of %s: give it that xmlns"
              .formatted(name, of, operation, expected),
          Map.of("bad-element", name, "bad-namespace", of));
    }
    if (!known.contains(name)) {
      throw RpcErrors.unknownElement(ErrorType.PROTOCOL, name, operation);
    }
    return true;
  }

  /// The parameter's name.
  public String name() {
    return xml.getLocalName();
  }

  /// The parameter's text, to its end; without the white space around it.
  public String text() throws XMLStreamException, ManagementException {
    return text(xml);
  }

  /// The text of the element at which `xml` stands; afterwards at its end.
  public static String text(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    String name = xml.getLocalName();
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(xml.getText());
        case XMLStreamConstants.START_ELEMENT ->
            throw RpcErrors.unknownElement(ErrorType.PROTOCOL, xml.getLocalName(), name);
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString().strip();
        }
        default -> {
          continue;
        }
      }
    }
  }

  /// An element's text as the name of an identity (RFC 7950 §9.10.3), to its end.
  public static QualifiedName identity(XMLStreamReader xml)
      throws XMLStreamException, ManagementException {
    String text = text(xml);
    int colon = text.indexOf(':');
    String prefix = colon < 0 ? "" : text.substring(0, colon);
    String of = xml.getNamespaceContext().getNamespaceURI(prefix);
    if (of == null || (of.isEmpty() && colon >= 0)) {
      throw RpcErrors.invalidValue(
          "'" + text + "' in <" + xml.getLocalName() + ">: its prefix is declared nowhere");
    }
    return new QualifiedName(of, text.substring(colon + 1));
  }

  /// A name with its namespace.
  public record QualifiedName(String namespace, String name) {}

  /// An operation without parameters: reads to its end.
  public static void none(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of());
    if (params.next()) {
      throw new IllegalStateException("a parameter of none is known");
    }
  }

  /// Steps to the next child element; false at the end of the element. Text between elements is an
  /// error.
  public static boolean nextElement(XMLStreamReader xml)
      throws XMLStreamException, ManagementException {
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          return true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return false;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!xml.isWhiteSpace()) {
            throw RpcErrors.badElement(
                "rpc", "'" + brief(xml.getText()) + "' stands where only elements may");
          }
        }
        default -> {
          continue;
        }
      }
    }
  }

  private static String brief(String text) {
    String stripped = text.strip();
    return stripped.length() > 40 ? stripped.substring(0, 40) + "..." : stripped;
  }
}
