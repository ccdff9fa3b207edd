package io.vireo.datastore.xpath;

/// An expression that can't be read or evaluated; the message says what is wrong with it.
public final class XPathFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  XPathFault(String message) {
    super(message);
  }

  XPathFault(String message, Throwable cause) {
    super(message, cause);
  }
}
