package io.vireo.schema.edit;

import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// A place in a user-ordered list or leaf-list: RFC 7950 §7.7.9 and §7.8.6, `insert`.
public sealed interface Position {
  Position FIRST = new First();
  Position LAST = new Last();

  record First() implements Position {}

  record Last() implements Position {}

  /// @param anchor the entry that follows
  record Before(PathArgument anchor) implements Position {}

  /// @param anchor the entry that goes before
  record After(PathArgument anchor) implements Position {}
}
