package io.vireo.rsock.client.tool;

import java.io.PrintStream;

/// The tool's output: whole lines, flushed, from any thread.
record Transcript(PrintStream out) {
  void say(String format, Object... values) {
    synchronized (out) {
      out.println(String.format(format, values));
      out.flush();
    }
  }
}
