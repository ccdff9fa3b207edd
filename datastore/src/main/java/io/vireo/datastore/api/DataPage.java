package io.vireo.datastore.api;

import io.vireo.schema.edit.TreeId;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Part of what a datastore has, and what is known of its nodes.
///
/// @param origins where its nodes came from
/// @param implied which leafs were put in for a default that is in use
public record DataPage(Trees trees, Origins origins, Implied implied) {
  /// Tells leafs that somebody has set from those that are there by their models' defaults.
  @FunctionalInterface
  public interface Implied {
    /// @param path of the leaf, or of the leaf-list's entry, in its tree
    boolean test(TreeId tree, YangInstanceIdentifier path);
  }

  /// Where nodes came from; works one out when it is asked.
  @FunctionalInterface
  public interface Origins {
    /// Of a configuration, whose nodes have none.
    Origins NONE = (tree, path, node) -> Optional.empty();

    /// @param path of the node, in its tree
    /// @param node what stands there
    /// @return nothing for state, which has no origin (RFC 8342 §5.3.4), for lists as wholes and
    ///   for choices
    Optional<Origin> of(TreeId tree, YangInstanceIdentifier path, NormalizedNode node);
  }
}
