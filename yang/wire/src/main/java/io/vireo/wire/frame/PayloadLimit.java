package io.vireo.wire.frame;

import org.jspecify.annotations.Nullable;

/// The longest payload that a peer may announce at this point of the conversation: asked when a
/// header has come, before anything is held for its payload.
@FunctionalInterface
public interface PayloadLimit {
  /// Whatever a header can say.
  PayloadLimit ANY = type -> FrameHeader.MAX_PAYLOAD;

  /// @param type null for one that this version does not know
  int maxPayloadBytes(@Nullable FrameType type);
}
