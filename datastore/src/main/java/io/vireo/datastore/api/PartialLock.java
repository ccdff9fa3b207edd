package io.vireo.datastore.api;

import io.vireo.schema.edit.TreeId;
import java.time.Instant;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// A lock on parts of running (RFC 5717).
///
/// @param id its number
/// @param session who holds it
/// @param select the paths that were asked for
/// @param nodes the nodes that they named when it was taken; each with all below it
public record PartialLock(
    int id, int session, Instant lockedTime, List<String> select, List<Node> nodes) {
  public PartialLock {
    select = List.copyOf(select);
    nodes = List.copyOf(nodes);
  }

  /// @param path empty: the whole tree
  public record Node(TreeId tree, YangInstanceIdentifier path) {}
}
