package io.vireo.manager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a short administrative program of the host (`ip`, `useradd`, `getent`) and waits for it. No
/// shell is involved: every argument arrives as it is.
public final class HostCommand {
  private static final long TIMEOUT_MS = 4_000;

  private HostCommand() {}

  /// What a program printed, when it ended well.
  ///
  /// @throws IOException when it could not be run or failed; the message carries what it said
  public static String run(String... command) throws IOException {
    return run(List.of(command));
  }

  public static String run(List<String> command) throws IOException {
    return run(command, TIMEOUT_MS);
  }

  static String run(List<String> command, long timeoutMs) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    // On a thread of its own: the output of a program that hangs has no end.
    FutureTask<String> reading =
        new FutureTask<>(
            () -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    Thread.ofPlatform().daemon().name("host-command").start(reading);
    String output;
    try {
      output = reading.get(timeoutMs, TimeUnit.MILLISECONDS).strip();
      if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
    } catch (TimeoutException late) {
      process.destroyForcibly();
      throw new IOException(
          String.join(" ", command) + ": no end after " + timeoutMs + " ms", late);
    } catch (ExecutionException failed) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + ": " + failed.getMessage(), failed);
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
