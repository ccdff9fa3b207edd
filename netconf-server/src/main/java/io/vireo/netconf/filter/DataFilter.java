package io.vireo.netconf.filter;

import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;

/// What a client wants to see of what is there.
public interface DataFilter {
  /// What has to be read at all: top-level nodes and virtual routers that may be selected.
  Selection selection();

  /// What is selected of these trees.
  ///
  /// @param depth how many levels of it, the selected nodes' the first (RFC 8526 §3.1.1)
  Trees apply(Trees trees, int depth) throws ManagementException;

  /// Everything.
  DataFilter ALL =
      new DataFilter() {
        @Override
        public Selection selection() {
          return Selection.ALL;
        }

        @Override
        public Trees apply(Trees trees, int depth) {
          return Depth.of(trees, depth);
        }
      };
}
