package io.vireo.ssh;

import java.io.InputStream;
import java.io.OutputStream;

/// What a door gets of the client: one open channel of an authenticated user.
public interface SshChannel {
  /// Name of the authenticated user.
  String user();

  /// Where the client sits, as `address:port`.
  String remote();

  /// Bytes from the client. Blocks; at the end (the client sent EOF or went away) reads return -1.
  InputStream input();

  /// Bytes to the client. Not buffered beyond a packet: call `flush` where something must go out.
  /// Blocks while the client doesn't read; fails with an `IOException` when it is gone.
  OutputStream output();

  /// Ends the channel at once, from any thread: blocked reads and writes of the door end.
  void close();
}
