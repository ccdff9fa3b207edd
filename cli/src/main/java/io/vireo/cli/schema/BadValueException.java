package io.vireo.cli.schema;

/// Words that are no value of a leaf; the message says what was expected.
public final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadValueException(String message) {
    super(message);
  }
}
