package io.vireo.drivers.linux;

import java.io.IOException;

/// A system call failed.
public final class LinuxException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  /// @param what the call and its object, as in `bind packet socket to eth7`
  public LinuxException(String what, int number) {
    super(what + ": " + describe(number));
    this.errno = Errno.of(number);
  }

  /// @param what the call and its object, as in `bind packet socket to eth7`
  public LinuxException(String what, Errno errno) {
    this(what, errno.number());
  }

  public Errno errno() {
    return errno;
  }

  private static String describe(int number) {
    Errno errno = Errno.of(number);
    return errno == Errno.EUNKNOWN ? "errno " + number : errno.name() + " (" + errno.text() + ")";
  }
}
