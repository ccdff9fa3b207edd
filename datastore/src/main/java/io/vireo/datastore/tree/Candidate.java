package io.vireo.datastore.tree;

import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// A candidate configuration and where it may differ from the configuration that it began as.
///
/// @param touched paths by tree; what is not at or below one of them is as it was
public record Candidate(Trees trees, SortedMap<TreeId, Set<YangInstanceIdentifier>> touched) {
  // Beyond this many paths, the whole tree is taken as touched: comparing is cheaper then.
  private static final int PATHS = 20_000;

  public Candidate {
    touched = Collections.unmodifiableSortedMap(new TreeMap<>(touched));
  }

  /// A candidate that no one has edited yet.
  public static Candidate of(Trees trees) {
    return new Candidate(trees, new TreeMap<>());
  }

  /// The same, which may also differ where another does.
  public Candidate touchedToo(Candidate other) {
    return with(trees, other.touched);
  }

  /// The candidate after further edits.
  Candidate with(Trees next, Map<TreeId, Set<YangInstanceIdentifier>> more) {
    SortedMap<TreeId, Set<YangInstanceIdentifier>> all = new TreeMap<>(touched);
    more.forEach((tree, paths) ->
        all.merge(
            tree,
            paths,
            (one, other) -> {
              Set<YangInstanceIdentifier> both = new HashSet<>(one);
              both.addAll(other);
              return both.size() > PATHS ? Set.of(YangInstanceIdentifier.of()) : both;
            }));
    return new Candidate(next, all);
  }
}
