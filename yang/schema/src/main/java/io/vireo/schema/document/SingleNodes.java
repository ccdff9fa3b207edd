package io.vireo.schema.document;

import io.vireo.schema.node.SchemaNode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The nodes seen that may stand in their parent once: few, as a rule.
public final class SingleNodes {
  private static final int FEW = 8;
  private final SchemaNode[] few = new SchemaNode[FEW];
  private int count;
  private @Nullable Set<SchemaNode> many;

  public boolean add(SchemaNode node) {
    for (int i = 0; i < Math.min(count, FEW); i++) {
      if (node.equals(few[i])) {
        return false;
      }
    }
    if (count < FEW) {
      few[count] = node;
    } else {
      Set<SchemaNode> set = many == null ? new HashSet<>() : many;
      many = set;
      if (!set.add(node)) {
        return false;
      }
    }
    count++;
    return true;
  }
}
