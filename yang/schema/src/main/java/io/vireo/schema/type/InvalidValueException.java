package io.vireo.schema.type;

import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.ConstraintMetaDefinition;

/// Text or a value is not of a type.
public final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String modelMessage;
  private final @Nullable String modelAppTag;

  /// Of a type whose model has no words for it.
  public InvalidValueException(String reason) {
    this(reason, (Throwable) null);
  }

  /// Of a type whose model has no words for it.
  public InvalidValueException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
    modelMessage = null;
    modelAppTag = null;
  }

  InvalidValueException(String reason, ConstraintMetaDefinition broken) {
    super(reason);
    modelMessage = broken.getErrorMessage().orElse(null);
    modelAppTag = broken.getErrorAppTag().orElse(null);
  }

  /// The broken restriction's `error-message`, null when it has none.
  public @Nullable String modelMessage() {
    return modelMessage;
  }

  /// The broken restriction's `error-app-tag`, null when it has none.
  public @Nullable String modelAppTag() {
    return modelAppTag;
  }
}
