package io.vireo.manager.guard;

/// The guard cannot start as things stand on this machine; the message names the value and the fix.
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    super(message);
  }

  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
