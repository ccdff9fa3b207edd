package io.vireo.ssh;

import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A channel on which a client asked for a shell or for one command (RFC 4254 §6.5).
public interface ShellChannel extends SshChannel {
  /// Second stream to the client: its standard error.
  OutputStream error();

  /// The command that the client wants carried out; null: an interactive shell.
  @Nullable String command();

  /// The terminal that the client asked for (RFC 4254 §6.2); null: none, as for `ssh host command`.
  /// Without one, output is plain text with LF line ends and nothing is echoed.
  @Nullable PseudoTerminal terminal();

  /// Variables that the client set (RFC 4254 §6.4), such as `LANG`; untrusted, bounded.
  Map<String, String> environment();

  /// Runs `listener` at each signal of the client (RFC 4254 §6.9) with its name without `SIG`:
  /// `INT`, `TERM`. Called on a transport thread: must not block.
  void onSignal(Consumer<String> listener);
}
