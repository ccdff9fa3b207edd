package io.vireo.netconf.filter;

import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;

/// Compares a leaf's value with what stands in a filter, by its canonical text (RFC 6241 §6.2.5).
final class LeafText {
  private LeafText() {}

  static boolean equal(FilterNode node, Object value) {
    String content = node.content();
    if (content == null) {
      return false;
    }
    return switch (value) {
      // RFC 7950 §9.10.3: an identity is the pair of its module's namespace and its name.
      case QName identity -> {
        FilterNode.Identity wanted = node.identity();
        yield wanted != null
            && wanted.name().equals(identity.getLocalName())
            && wanted.namespace().equals(identity.getNamespace().toString());
      }
      case Set<?> bits -> bits.equals(new TreeSet<>(Set.of(content.split("\\s+"))));
      case byte[] binary -> Base64.getEncoder().encodeToString(binary).equals(content);
      case Empty empty -> false; // an empty leaf has no text to compare
      default -> value.toString().equals(content);
    };
  }
}
