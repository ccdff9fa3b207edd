package io.vireo.schema.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Compares trees node by node. YANG Tools' own equality takes two choices that hold the same
/// octets in a leaf for different ones.
public final class SameData {
  private SameData() {}

  /// Fails at the first nodes that differ.
  public static void check(NormalizedNode expected, NormalizedNode actual) {
    if (expected.equals(actual)) {
      return;
    }
    if (expected.body() instanceof Collection<?> below
        && actual.body() instanceof Collection<?> other
        && expected.contract().equals(actual.contract())) {
      Map<PathArgument, NormalizedNode> wanted = byName(below);
      Map<PathArgument, NormalizedNode> found = byName(other);
      assertEquals(wanted.keySet(), found.keySet(), () -> "below " + expected.name());
      wanted.forEach((name, node) -> check(node, found.getOrDefault(name, node)));
    } else {
      assertEquals(expected, actual);
    }
  }

  private static Map<PathArgument, NormalizedNode> byName(Collection<?> nodes) {
    Map<PathArgument, NormalizedNode> named = new LinkedHashMap<>();
    for (Object each : nodes) {
      if (each instanceof NormalizedNode node) {
        named.put(node.name(), node);
      }
    }
    return named;
  }
}
