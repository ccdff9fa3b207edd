package io.vireo.manager.port;

/// A device cannot be claimed; the message names it and the fix.
public final class DeviceRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why.
  public enum Reason {
    /// The host has no such device (now).
    ABSENT,
    /// Another virtual router has it.
    TAKEN,
    /// It carries the host's default route.
    DEFAULT_ROUTE,
    /// No driver can use it.
    UNFIT,
    /// The host failed to do what was asked of it.
    FAILED
  }

  private final Reason reason;

  public DeviceRefusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
