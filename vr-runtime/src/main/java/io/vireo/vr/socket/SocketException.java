package io.vireo.vr.socket;

import io.vireo.drivers.linux.Errno;
import java.io.IOException;

/// A socket call failed, for the reason a Linux socket would give.
public final class SocketException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  public SocketException(Errno errno, String what) {
    super(what + ": " + errno.name() + " (" + errno.text() + ")");
    this.errno = errno;
  }

  public Errno errno() {
    return errno;
  }
}
