package io.vireo.netconf.filter;

import java.util.ArrayList;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;

/// What containment filters want of one instance, after its content was compared.
///
/// @param whole everything below
/// @param children else what is asked of the children; a union
record Wanted(boolean whole, List<FilterNode> children) {
  static Wanted of(DataContainerNode node, List<FilterNode> filters) {
    List<FilterNode> children = new ArrayList<>();
    for (FilterNode filter : filters) {
      if (filter.isContentMatch() || !contentMatches(node, filter)) {
        continue;
      }
      // RFC 6241 §6.2.5: with nothing but content match nodes in the set, all siblings are
      // selected.
      if (filter.children().stream().allMatch(FilterNode::isContentMatch)) {
        return new Wanted(true, List.of());
      }
      children.addAll(filter.children());
    }
    return new Wanted(false, children);
  }

  /// RFC 6241 §6.2.5: all content match nodes of a sibling set must be true.
  private static boolean contentMatches(DataContainerNode node, FilterNode filter) {
    for (FilterNode child : filter.children()) {
      if (child.isContentMatch() && !hasEqual(node, child)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasEqual(DataContainerNode node, FilterNode wanted) {
    for (DataContainerChild child : node.body()) {
      boolean equal =
          switch (child) {
            case ChoiceNode choice -> hasEqual(choice, wanted);
            case LeafNode<?> leaf ->
                wanted.matches(leaf.name().getNodeType()) && LeafText.equal(wanted, leaf.body());
            case LeafSetNode<?> leafList ->
                wanted.matches(leafList.name().getNodeType())
                    && leafList.body().stream()
                        .anyMatch(entry -> LeafText.equal(wanted, entry.body()));
            default -> false;
          };
      if (equal) {
        return true;
      }
    }
    return false;
  }
}
