package io.vireo.datastore.api;

import io.vireo.schema.edit.TreeId;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Operational data with its origins.
///
/// @param origins where its nodes came from
public record StatePage(Trees trees, Origins origins) {
  /// Where nodes came from; works one out when it is asked.
  @FunctionalInterface
  public interface Origins {
    /// @param path of the node, in its tree
    /// @param node what stands there
    /// @return nothing for state, which has no origin (RFC 8342 §5.3.4), for lists as wholes and
    ///   for choices
    Optional<Origin> of(TreeId tree, YangInstanceIdentifier path, NormalizedNode node);
  }
}
