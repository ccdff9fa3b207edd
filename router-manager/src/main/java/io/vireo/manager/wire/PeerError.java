package io.vireo.manager.wire;

import org.jspecify.annotations.Nullable;

/// A peer refused a request: what the ERROR frame said.
public final class PeerError extends Exception {
  private static final long serialVersionUID = 1L;

  private final String tag;
  private final @Nullable String path;

  /// @param tag the error-tag of RFC 6241, Appendix A
  /// @param path the node concerned, as the peer wrote it
  public PeerError(String tag, String message, @Nullable String path) {
    super(message);
    this.tag = tag;
    this.path = path;
  }

  public String tag() {
    return tag;
  }

  public @Nullable String path() {
    return path;
  }
}
