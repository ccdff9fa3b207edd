package io.vireo.datastore.engine;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.store.StorageException;

/// What the disk refuses, as a user is told.
final class StorageErrors {
  private StorageErrors() {}

  /// @param what came of the request
  static ManagementException refusal(String what, StorageException cause) {
    ErrorTag tag =
        cause.fault() == StorageException.Fault.FULL
            ? ErrorTag.RESOURCE_DENIED
            : ErrorTag.OPERATION_FAILED;
    ManagementException refusal =
        new ManagementException(ManagementError.application(tag, what + ": " + cause.getMessage()));
    refusal.initCause(cause);
    return refusal;
  }
}
