package io.vireo.generator;

/// A model uses something that the generator does not understand, or the numbers are incomplete.
/// The build stops with the message.
public final class GenerationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GenerationException(String message) {
    super(message);
  }
}
