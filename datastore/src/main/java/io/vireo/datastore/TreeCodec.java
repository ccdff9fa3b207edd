package io.vireo.datastore;

import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// How a whole tree becomes the bytes that lie on disk, and back.
public interface TreeCodec {
  /// The tree's bytes; equal trees give equal bytes.
  byte[] encode(ContainerNode tree);

  /// The tree of these bytes.
  ///
  /// @throws IllegalArgumentException the bytes do not fit the schema; the message says where
  ContainerNode decode(byte[] bytes);
}
