package io.vireo.tests.bench.netconf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Takes what a server sends, on the transport's thread: the hello up to its mark, then messages in
/// chunks (RFC 6242 §4.2), of which it keeps the beginning.
final class Inbox extends OutputStream {
  private static final int KEPT_BYTES = 4_096;
  private static final String MARK = "]]>]]>";

  /// A message.
  ///
  /// @param head how it begins
  /// @param bytes how long it was
  record Message(String head, long bytes) {}

  private enum State {
    HELLO,
    LINE,
    SIZE,
    DATA
  }

  private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final StringBuilder header = new StringBuilder();
  private State state = State.HELLO;
  private long bytes;
  private int left;

  /// The next message.
  Message take(long seconds) throws IOException {
    try {
      Message message = messages.poll(seconds, TimeUnit.SECONDS);
      if (message == null) {
        throw new IOException("no answer in " + seconds + " s");
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      switch (state) {
        case HELLO -> hello(from[at++]);
        case LINE, SIZE -> header(from[at++]);
        case DATA -> {
          int part = Math.min(left, end - at);
          keep(from, at, part);
          at += part;
          left -= part;
          state = left == 0 ? State.LINE : State.DATA;
        }
      }
    }
  }

  private void hello(byte octet) {
    head.write(octet);
    if (octet == '>' && head.size() >= MARK.length()) {
      String text = head.toString(StandardCharsets.UTF_8);
      if (text.endsWith(MARK)) {
        bytes = head.size();
        end();
      }
    }
  }

  // "\n#", a size and "\n"; "\n##\n" at the end of a message.
  private void header(byte octet) throws IOException {
    header.append((char) octet);
    if (octet != '\n' || header.length() == 1) {
      return;
    }
    String text = header.toString().strip();
    header.setLength(0);
    if (text.equals("##")) {
      end();
    } else if (text.startsWith("#")) {
      left = Integer.parseInt(text.substring(1));
      state = State.DATA;
    } else {
      throw new IOException("'" + text + "' is no chunk's beginning");
    }
  }

  private void keep(byte[] from, int at, int part) {
    head.write(from, at, Math.min(part, KEPT_BYTES - Math.min(KEPT_BYTES, head.size())));
    bytes += part;
  }

  private void end() {
    messages.add(new Message(head.toString(StandardCharsets.UTF_8), bytes));
    head.reset();
    bytes = 0;
    state = State.LINE;
  }
}
