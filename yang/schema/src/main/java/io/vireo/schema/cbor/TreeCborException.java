package io.vireo.schema.cbor;

import io.vireo.wire.cbor.CborException;
import java.io.IOException;

/// A peer's item does not fit the schema.
public final class TreeCborException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String schemaPath;
  private final CborException failure;

  TreeCborException(String schemaPath, CborException failure) {
    super((schemaPath.isEmpty() ? "/" : schemaPath) + ": " + failure.getMessage(), failure);
    this.schemaPath = schemaPath;
    this.failure = failure;
  }

  /// Where: the schema node path, empty for the top.
  public String schemaPath() {
    return schemaPath;
  }

  /// Why; one reason is one counter.
  public CborException.Reason reason() {
    return failure.reason();
  }
}
