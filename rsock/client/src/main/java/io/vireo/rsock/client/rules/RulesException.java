package io.vireo.rsock.client.rules;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A rules file that says something that is no rule; the message names line and value.
public final class RulesException extends IOException {
  private static final long serialVersionUID = 1L;

  public RulesException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
