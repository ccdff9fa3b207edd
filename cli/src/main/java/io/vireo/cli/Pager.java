package io.vireo.cli;

import io.vireo.cli.exec.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/// Prints lines page by page: Space goes on with a page, Return with a line, `q` or Ctrl-C drops
/// the rest.
final class Pager implements Output {
  private static final String MORE = " --More-- ";
  private static final int CTRL_C = 3;

  private final Terminal terminal;
  private final int pageLines;
  private int left;
  private boolean dropped;

  /// @param pageLines lines of a page; 0: no pauses, negative: the terminal's height
  Pager(Terminal terminal, int pageLines) {
    this.terminal = terminal;
    this.pageLines = pageLines < 0 ? Math.max(0, terminal.getSize().getRows() - 1) : pageLines;
    this.left = this.pageLines;
  }

  @Override
  public void line(String line) {
    if (dropped) {
      return;
    }
    if (pageLines > 0 && left <= 0) {
      pause();
      if (dropped) {
        return;
      }
    }
    left -= Math.max(1, (line.length() + columns() - 1) / columns());
    terminal.writer().println(line);
    terminal.writer().flush();
  }

  private int columns() {
    return Math.max(1, terminal.getSize().getColumns());
  }

  private void pause() {
    Attributes before = terminal.enterRawMode();
    terminal.writer().print(MORE);
    terminal.writer().flush();
    try {
      switch (terminal.reader().read()) {
        case 'q', 'Q', CTRL_C, -1 -> dropped = true;
        case '\r', '\n' -> left = 1;
        default -> left = pageLines;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      terminal.setAttributes(before);
    }
    terminal.writer().print("\r" + " ".repeat(MORE.length()) + "\r");
    terminal.writer().flush();
  }
}
