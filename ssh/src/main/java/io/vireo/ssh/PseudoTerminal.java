package io.vireo.ssh;

import java.util.Map;
import java.util.function.Consumer;

/// The client's terminal. The client is in raw mode: the door echoes, and gets `\r` for the Return
/// key and 0x03 for Ctrl-C as bytes of its input; it writes CR LF line ends.
public interface PseudoTerminal {
  /// Kind of terminal as in `TERM`: `xterm-256color`.
  String type();

  /// Its size now.
  Size size();

  /// Runs `listener` at each change of size (RFC 4254 §6.7). Called on a transport thread: must not
  /// block.
  void onResize(Consumer<Size> listener);

  /// Modes as in RFC 4254 §8: name (`VINTR`, `VERASE`, `ECHO`) to value.
  Map<String, Integer> modes();

  /// Width and height in characters; 0 where the client doesn't know.
  record Size(int columns, int rows) {
    public Size {
      if (columns < 0 || rows < 0) {
        throw new IllegalArgumentException("terminal of " + columns + " x " + rows);
      }
    }
  }
}
