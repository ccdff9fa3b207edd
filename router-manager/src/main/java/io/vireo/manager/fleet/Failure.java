package io.vireo.manager.fleet;

import java.util.concurrent.CompletionException;

/// What a failed future says.
public final class Failure {
  private Failure() {}

  /// The failure itself, without what futures wrap it in.
  public static Throwable cause(Throwable failure) {
    Throwable inner = failure.getCause();
    return failure instanceof CompletionException && inner != null ? cause(inner) : failure;
  }

  /// Its message.
  public static String text(Throwable failure) {
    Throwable cause = cause(failure);
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }
}
