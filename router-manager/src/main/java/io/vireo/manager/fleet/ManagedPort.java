package io.vireo.manager.fleet;

import org.jspecify.annotations.Nullable;

/// One port and what became of it. Owned by the manager's loop.
final class ManagedPort {
  /// How far it got.
  enum State {
    /// Its router is not there to take it.
    WAITING,
    /// The guard is opening its device.
    OPENING,
    /// Its router drives it.
    HELD,
    /// The guard refused it, see the reason; tried again when its device changes.
    REFUSED
  }

  final DesiredPort desired;
  private State state = State.WAITING;
  private @Nullable GrantedPort granted;
  private boolean present = true;
  private boolean linkUp;

  /// What was told of the link while the device was being opened; null: nothing.
  private @Nullable Boolean linkMeanwhile;

  private @Nullable String linkReason;
  private @Nullable String reason;

  ManagedPort(DesiredPort desired) {
    this.desired = desired;
  }

  State state() {
    return state;
  }

  /// Its device as it was opened last; null: never.
  @Nullable GrantedPort granted() {
    return granted;
  }

  boolean present() {
    return present;
  }

  /// Whether packets pass.
  boolean up() {
    return state == State.HELD && linkUp;
  }

  /// Why it is not up, in words; null: it is.
  @Nullable String reason() {
    if (up()) {
      return null;
    }
    return switch (state) {
      case WAITING -> "virtual router " + desired.router() + " does not run";
      case OPENING ->
          (desired.memif() == null ? "device " + desired.device() : "port " + desired.name())
              + " is being opened";
      case REFUSED -> reason;
      case HELD ->
          desired.memif() == null
              ? "device " + desired.device() + " has no link"
              : linkReason == null ? "the other end is not connected" : linkReason;
    };
  }

  /// @param kept its router has it already, and may have told of its link
  void onOpening(boolean kept) {
    state = State.OPENING;
    linkMeanwhile = kept ? linkMeanwhile : null;
  }

  void onHeld(GrantedPort device) {
    state = State.HELD;
    granted = device;
    present = true;
    linkUp = linkMeanwhile == null ? device.up() : linkMeanwhile;
    reason = null;
  }

  /// @param absent the host has no such device now
  void onRefused(String why, boolean absent) {
    state = State.REFUSED;
    present = !absent;
    linkUp = false;
    reason = why;
  }

  void onLink(boolean up) {
    onLink(up, null);
  }

  /// @param why it is down; null: that is all that is known
  void onLink(boolean up, @Nullable String why) {
    linkReason = why;
    linkMeanwhile = up;
    linkUp = up;
  }

  /// Its router is gone, and the descriptor with it.
  void onRouterLost() {
    state = State.WAITING;
    linkMeanwhile = null;
    linkReason = null;
  }
}
