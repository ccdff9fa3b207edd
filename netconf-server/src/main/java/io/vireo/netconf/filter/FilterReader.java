package io.vireo.netconf.filter;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads the contents of a `<filter type="subtree">`.
public final class FilterReader {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NODES = 100_000;

  private final XMLStreamReader xml;
  private int nodes;

  private FilterReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  /// Reads from the start of an element to its end.
  ///
  /// @param xml stands at the element whose children are the filter; afterwards at its end
  /// @throws FilterTooLargeException beyond the bounds
  public static List<FilterNode> read(XMLStreamReader xml)
      throws XMLStreamException, FilterTooLargeException {
    return new FilterReader(xml).children(0, new StringBuilder());
  }

  private List<FilterNode> children(int depth, StringBuilder text)
      throws XMLStreamException, FilterTooLargeException {
    List<FilterNode> children = new ArrayList<>();
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(xml.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return children;
        }
        default -> {
          continue; // comments and processing instructions say nothing
        }
      }
    }
  }

  private FilterNode element(int depth) throws XMLStreamException, FilterTooLargeException {
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
      throw new FilterTooLargeException(
          "a subtree filter has at most "
              + MAX_NODES
              + " elements, nested at most "
              + MAX_DEPTH
              + " deep");
    }
    String namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
    String name = xml.getLocalName();
    boolean hasAttributes = xml.getAttributeCount() > 0;
    // The prefixes in scope here are what a value of this element is read with.
    var scope = xml.getNamespaceContext();
    List<String[]> declared = new ArrayList<>();
    for (int i = 0; i < xml.getNamespaceCount(); i++) {
      String prefix = xml.getNamespacePrefix(i);
      declared.add(new String[] {prefix == null ? "" : prefix, xml.getNamespaceURI(i)});
    }
    StringBuilder text = new StringBuilder();
    List<FilterNode> children = children(depth, text);
    String content = text.toString().strip();
    boolean compares = children.isEmpty() && !content.isEmpty();
    return new FilterNode(
        namespace,
        name,
        hasAttributes,
        compares ? content : null,
        compares ? identity(content, declared, scope::getNamespaceURI) : null,
        children);
  }

  private interface Scope {
    @Nullable String namespaceOf(String prefix);
  }

  private static FilterNode.@Nullable Identity identity(
      String content, List<String[]> declared, Scope scope) {
    int colon = content.indexOf(':');
    String prefix = colon < 0 ? "" : content.substring(0, colon);
    String name = content.substring(colon + 1);
    if (name.isEmpty() || name.indexOf(':') >= 0) {
      return null;
    }
    for (String[] declaration : declared) {
      if (declaration[0].equals(prefix)) {
        return new FilterNode.Identity(declaration[1], name);
      }
    }
    String namespace = scope.namespaceOf(prefix);
    return namespace == null || namespace.isEmpty()
        ? null
        : new FilterNode.Identity(namespace, name);
  }
}
