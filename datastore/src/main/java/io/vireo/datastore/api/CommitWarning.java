package io.vireo.datastore.api;

import io.vireo.schema.edit.TreeId;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// What of a commit can't be done as things stand, such as a port whose device is absent.
///
/// @param path the node that it is about, in its tree; empty: the tree. Who may not read it is not
///   told
public record CommitWarning(TreeId tree, YangInstanceIdentifier path, String text) {
  /// About a virtual router.
  public static CommitWarning of(String router, String text) {
    return new CommitWarning(new TreeId.Router(router), YangInstanceIdentifier.of(), text);
  }
}
