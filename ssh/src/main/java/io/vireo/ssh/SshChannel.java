package io.vireo.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What a door gets of the client: one open channel of an authenticated user.
public interface SshChannel {
  /// Name of the authenticated user.
  String user();

  /// What part of the device the user asked for by the name that was given: of `admin%blue`,
  /// `blue`; null: the whole. May be anything.
  @Nullable String scope();

  /// Where the client sits, as `address:port`.
  String remote();

  /// Bytes from the client. Blocks; at the end (the client sent EOF or went away) reads return -1.
  InputStream input();

  /// Bytes to the client. Not buffered beyond a packet: call `flush` where something must go out.
  /// Blocks while the client doesn't read; fails with an `IOException` when it is gone.
  OutputStream output();

  /// Tells a person at the client why the door ends the channel: on the client's standard error
  /// (RFC 4254 §5.2). Called before anything else is sent.
  void refuse(String why) throws IOException;

  /// Ends the channel at once, from any thread: blocked reads and writes of the door end.
  void close();
}
