package io.vireo.datastore.validate;

import io.vireo.datastore.tree.Change;
import io.vireo.datastore.xpath.DataNode;
import io.vireo.datastore.xpath.Values;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Descendant;

/// RFC 7950 §7.8.3: values that no two entries of a list may share. Entries that lack one of the
/// leafs are not compared; a default that is in use counts.
final class UniqueCheck {
  private UniqueCheck() {}

  static void check(
      DataNode parent,
      SchemaNode list,
      MapNode entries,
      List<Descendant> leafs,
      Findings findings) {
    List<List<SchemaNode>> ways = leafs.stream().map(leaf -> way(list, leaf)).toList();
    Map<List<Object>, DataNode> seen = new HashMap<>(entries.size() * 2);
    parent.children(
        list,
        entry -> {
          if (entry.data() instanceof MapEntryNode) {
            List<Object> values = valuesOf(entry, ways);
            DataNode other = values == null ? null : seen.putIfAbsent(values, entry);
            if (other != null) {
              findings.notUnique(entry, other, ways.stream().map(List::getLast).toList());
            }
          }
        });
  }

  /// Whether a change may make values meet that were apart: in an entry, at or above one of the
  /// leafs, whose default counts when it goes; or an entry came.
  ///
  /// @param way the schemas on the path of the change
  static boolean isConcerned(
      SchemaNode list, List<Descendant> leafs, List<SchemaNode> way, Change change) {
    SchemaNode last = way.getLast();
    if (last.equals(list) || !way.contains(list)) {
      return change.after() != null;
    }
    return leafs.stream()
        .map(leaf -> way(list, leaf))
        .anyMatch(steps -> steps.contains(last) || dependsOnOthers(steps));
  }

  // Whether a leaf's default may come into use, or go out of it, with another node of the entry.
  private static boolean dependsOnOthers(List<SchemaNode> way) {
    return !way.getLast().defaults().isEmpty()
        && way.stream()
            .anyMatch(step -> !step.choices().isEmpty() || !Conditions.expressions(step).isEmpty());
  }

  private static List<SchemaNode> way(SchemaNode list, Descendant leaf) {
    List<SchemaNode> way = new ArrayList<>();
    SchemaNode at = list;
    for (QName step : leaf.getNodeIdentifiers()) {
      SchemaNode child = at.lookup(step);
      // Choices and cases are steps of the statement, not of the data.
      if (child != null) {
        way.add(child);
        at = child;
      }
    }
    return way;
  }

  private static @Nullable List<Object> valuesOf(DataNode entry, List<List<SchemaNode>> ways) {
    List<Object> values = new ArrayList<>(ways.size());
    for (List<SchemaNode> way : ways) {
      DataNode at = entry;
      for (SchemaNode step : way) {
        at = at == null ? null : at.only(step);
      }
      if (at == null || !at.isLeaf()) {
        return null;
      }
      values.add(Values.comparable(at.value()));
    }
    return values;
  }
}
