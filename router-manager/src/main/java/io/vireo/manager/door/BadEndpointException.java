package io.vireo.manager.door;

import java.io.IOException;

/// An endpoint's configuration that can't be: the message names the value and the fix.
final class BadEndpointException extends IOException {
  private static final long serialVersionUID = 1;

  private final String endpoint;

  BadEndpointException(String endpoint, String message) {
    super("SSH endpoint " + endpoint + ": " + message);
    this.endpoint = endpoint;
  }

  String endpoint() {
    return endpoint;
  }
}
