package io.vireo.rsock.server;

/// A socket call that failed, with Linux's errno: what the program at the other end will see.
public final class SocketRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  public static final int EBADF = 9;
  public static final int EACCES = 13;
  public static final int EINVAL = 22;
  public static final int EMFILE = 24;
  public static final int EPROTONOSUPPORT = 93;
  public static final int EAFNOSUPPORT = 97;
  public static final int EADDRINUSE = 98;
  public static final int EOPNOTSUPP = 95;

  private final int errno;

  /// @param why names the value
  public SocketRefusal(int errno, String why) {
    super(why);
    this.errno = errno;
  }

  public int errno() {
    return errno;
  }

  /// The refusal in words.
  public String why() {
    return String.valueOf(getMessage());
  }
}
