package io.vireo.datastore.api;

import java.util.List;

/// A request was refused; nothing of it was done.
public final class ManagementException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ManagementError> errors;

  public ManagementException(List<ManagementError> errors) {
    super(errors.getFirst().message());
    this.errors = List.copyOf(errors);
  }

  public ManagementException(ManagementError error) {
    this(List.of(error));
  }

  /// At least one error.
  public List<ManagementError> errors() {
    return errors;
  }
}
