package io.vireo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;

/// Lines without a terminal: the command of `ssh HOST COMMAND`, or a script on standard input. No
/// prompts, no pages; ends at the first line that fails, so that a commit never follows half of
/// what was meant. Exit status 0 says that all was done, 1 that a line failed.
final class Script {
  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final CliSession session;
  private final PrintWriter out;
  private final PrintWriter error;

  private final String lineEnd;

  /// @param lineEnd CR LF where the client has a terminal, which is in raw mode
  Script(CliSession session, OutputStream out, OutputStream error, String lineEnd) {
    this.session = session;
    this.lineEnd = lineEnd;
    this.out = new PrintWriter(out, false, UTF_8);
    this.error = new PrintWriter(error, false, UTF_8);
  }

  /// Carries out lines that are all there.
  int run(List<String> lines) throws InterruptedException {
    for (int i = 0; i < lines.size() && !session.isEnded(); i++) {
      if (!carryOut(lines.get(i), lines.size() == 1 ? "" : "line " + (i + 1) + ": ")) {
        return FAILED;
      }
    }
    return DONE;
  }

  /// Carries out lines as they come.
  int run(InputStream lines) throws IOException, InterruptedException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(lines, UTF_8));
    int number = 0;
    for (String line = reader.readLine();
        line != null && !session.isEnded();
        line = reader.readLine()) {
      number++;
      if (!carryOut(line, "line " + number + ": ")) {
        return FAILED;
      }
    }
    return DONE;
  }

  private boolean carryOut(String line, String where) throws InterruptedException {
    CliSession.Result result =
        session.execute(
            line,
            text -> {
              out.print(text + lineEnd);
              out.flush();
            });
    out.flush();
    switch (result) {
      case CliSession.Result.Done() -> {
        return true;
      }
      case CliSession.Result.Misspelt(int column, String message) -> {
        error.print(
            line + lineEnd + " ".repeat(column) + "^" + lineEnd + "% " + where + message + lineEnd);
      }
      case CliSession.Result.Refused(List<String> messages) ->
          messages.forEach(m -> error.print("% " + where + m + lineEnd));
    }
    error.flush();
    return false;
  }
}
