package io.vireo.schema.xml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.stream.XMLStreamWriter;
import org.codehaus.stax2.util.StreamWriterDelegate;
import org.jspecify.annotations.Nullable;

/// Hides the default namespace from the codecs of values.
///
/// RFC 7950 §9.13.2: in an instance-identifier every name has a prefix (XPath knows no default
/// namespace), but YANG Tools writes `/:a/:b` where the default namespace is the right one.
final class PrefixedValueWriter extends StreamWriterDelegate {
  PrefixedValueWriter(XMLStreamWriter out) {
    super(out);
  }

  @Override
  public NamespaceContext getNamespaceContext() {
    return new WithPrefix(super.getNamespaceContext());
  }

  private record WithPrefix(NamespaceContext all) implements NamespaceContext {
    @Override
    public String getNamespaceURI(String prefix) {
      return all.getNamespaceURI(prefix);
    }

    @Override
    public @Nullable String getPrefix(String namespace) {
      Iterator<String> prefixes = getPrefixes(namespace);
      return prefixes.hasNext() ? prefixes.next() : null;
    }

    @Override
    public Iterator<String> getPrefixes(String namespace) {
      List<String> prefixes = new ArrayList<>();
      all.getPrefixes(namespace).forEachRemaining(prefixes::add);
      prefixes.remove(XMLConstants.DEFAULT_NS_PREFIX);
      return prefixes.iterator();
    }
  }
}
