package io.vireo.manager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a short administrative program of the host (`ip`, `useradd`, `getent`) and waits for it. No
/// shell is involved: every argument arrives as it is.
public final class HostCommand {
  private static final long TIMEOUT_S = 10;

  private HostCommand() {}

  /// What a program printed, when it ended well.
  ///
  /// @throws IOException when it could not be run or failed; the message carries what it said
  public static String run(String... command) throws IOException {
    return run(List.of(command));
  }

  public static String run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + ": no end after " + TIMEOUT_S + " s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + ": interrupted", interrupted);
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          String.join(" ", command) + ": exit code " + process.exitValue() + ": " + output);
    }
    return output;
  }
}
