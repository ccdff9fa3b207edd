package io.vireo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vireo.cli.grammar.Step;
import io.vireo.cli.grammar.Words;
import io.vireo.ssh.PseudoTerminal;
import io.vireo.ssh.ShellChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/// An interactive session: line editing with history, Tab and `?`, pages, Ctrl-C. The terminal is
/// JLine's over the channel's own streams; there is no pseudo-terminal of the host.
final class Shell {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int DEFAULT_ROWS = 24;

  private final CliSession session;
  private final Terminal terminal;
  private final LineReader reader;

  Shell(CliSession session, ShellChannel channel, PseudoTerminal client) throws IOException {
    this.session = session;
    this.terminal =
        new ExternalTerminal("vireo", client.type(), channel.input(), channel.output(), UTF_8);
    resize(client.size());
    client.onResize(size -> {
      resize(size);
      terminal.raise(Terminal.Signal.WINCH);
    });
    terminal.handle(Terminal.Signal.INT, signal -> session.cancel());
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("vireo")
            .parser(new PlainParser())
            .completer((r, line, candidates) -> complete(line.line(), line.cursor(), candidates))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.AUTO_FRESH_LINE, true)
            .option(LineReader.Option.AUTO_MENU, false)
            .option(LineReader.Option.AUTO_LIST, true)
            .option(LineReader.Option.BRACKETED_PASTE, true)
            .build();
    reader.getWidgets().put("vireo-help", this::help);
    bind("?", "vireo-help");
    bind(KeyMap.ctrl('Z'), "vireo-end");
    reader.getWidgets().put("vireo-end", this::endKey);
  }

  private void bind(String key, String widget) {
    for (String map : List.of(LineReader.MAIN, LineReader.EMACS)) {
      KeyMap<Binding> keys = reader.getKeyMaps().get(map);
      if (keys != null) {
        keys.bind(new Reference(widget), key);
      }
    }
  }

  private void resize(PseudoTerminal.Size size) {
    terminal.setSize(
        Size.of(
            size.columns() == 0 ? DEFAULT_COLUMNS : size.columns(),
            size.rows() == 0 ? DEFAULT_ROWS : size.rows()));
  }

  /// Runs until the user leaves.
  int run() throws IOException, InterruptedException {
    try (terminal) {
      while (!session.isEnded()) {
        String prompt = session.prompt();
        try {
          carryOut(prompt, reader.readLine(prompt));
        } catch (UserInterruptException e) {
          // Ctrl-C at the prompt drops the line.
        } catch (EndOfFileException e) {
          // Ctrl-D on an empty line leaves the mode, in the end the session.
          if (isGone()) {
            return 0;
          }
          carryOut(prompt, "exit");
        }
      }
      return 0;
    }
  }

  private boolean isGone() {
    return Thread.currentThread().isInterrupted() || !session.isConfiguring();
  }

  private void carryOut(String prompt, String line) throws InterruptedException {
    Pager pager = new Pager(terminal, session.pageLines());
    switch (session.execute(line, pager)) {
      case CliSession.Result.Done() -> {}
      case CliSession.Result.Misspelt(int column, String message) -> {
        print(" ".repeat(prompt.length() + column) + "^");
        print("% " + message);
      }
      case CliSession.Result.Refused(List<String> messages) ->
          messages.forEach(m -> print("% " + m));
    }
    terminal.flush();
  }

  private void print(String line) {
    terminal.writer().println(line);
    terminal.writer().flush();
  }

  private void complete(String line, int cursor, List<Candidate> candidates) {
    for (Step.Choice choice : session.completions(line.substring(0, cursor))) {
      String word = Words.quote(choice.text());
      candidates.add(
          new Candidate(
              word,
              choice.text(),
              null,
              choice.help().isEmpty() ? null : choice.help(),
              null,
              null,
              true));
    }
  }

  /// `?`: prints what may follow, and the line again. In quotes it is a character as any other.
  private boolean help() {
    String line = reader.getBuffer().upToCursor();
    if (line.chars().filter(c -> c == '"').count() % 2 == 1) {
      reader.getBuffer().write('?');
      return true;
    }
    List<String> lines = new ArrayList<>();
    var help = session.help(line);
    int width = help.stream().mapToInt(h -> h.label().length()).max().orElse(0);
    help.forEach(
        h -> lines.add("  " + h.label() + " ".repeat(width - h.label().length() + 2) + h.text()));
    reader.printAbove(
        session.prompt()
            + line
            + "?\n"
            + (lines.isEmpty() ? "  nothing fits here" : String.join("\n", lines)));
    return true;
  }

  /// Ctrl-Z: leaves configure mode, as `end` does.
  private boolean endKey() {
    if (session.isConfiguring()) {
      reader.getBuffer().clear();
      reader.getBuffer().write("end");
      reader.callWidget(LineReader.ACCEPT_LINE);
    }
    return true;
  }

  /// Words as the grammar splits them; a line is always complete.
  private static final class PlainParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      return new PlainLine(line, cursor);
    }
  }

  private record PlainLine(String line, int cursor) implements CompletingParsedLine {
    private List<Words.Word> split() {
      return Words.split(line.substring(0, cursor));
    }

    private boolean atNewWord() {
      return cursor == 0 || Character.isWhitespace(line.charAt(cursor - 1)) || split().isEmpty();
    }

    @Override
    public String word() {
      return atNewWord() ? "" : line.substring(split().getLast().start(), cursor);
    }

    @Override
    public int wordCursor() {
      return word().length();
    }

    @Override
    public int wordIndex() {
      return words().size() - 1;
    }

    @Override
    public List<String> words() {
      List<String> words = new ArrayList<>(split().stream().map(Words.Word::text).toList());
      if (atNewWord()) {
        words.add("");
      }
      return words;
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return word().length();
    }
  }
}
