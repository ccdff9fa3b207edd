package io.vireo.netconf.filter;

/// A filter is beyond the bounds.
public final class FilterTooLargeException extends Exception {
  private static final long serialVersionUID = 1L;

  FilterTooLargeException(String message) {
    super(message);
  }
}
