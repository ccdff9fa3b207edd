package io.vireo.manager.guard;

/// The command line cannot be understood; the message names the word and the fix.
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
