package io.vireo.netconf.framing;

import java.io.IOException;

/// The peer broke the framing or a bound: the session can't go on.
public final class FramingException extends IOException {
  private static final long serialVersionUID = 1L;

  public FramingException(String message) {
    super(message);
  }
}
