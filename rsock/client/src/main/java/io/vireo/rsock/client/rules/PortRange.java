package io.vireo.rsock.client.rules;

/// Ports from `first` to `last`, both included.
public record PortRange(int first, int last) {
  private static final int MAX_PORT = 0xffff;

  public PortRange {
    if (first < 0 || last > MAX_PORT || first > last) {
      throw new IllegalArgumentException(
          "ports " + first + "-" + last + " are no range within 0-" + MAX_PORT);
    }
  }

  /// Reads `PORT` or `FIRST-LAST`.
  public static PortRange parse(String text) {
    int dash = text.indexOf('-');
    try {
      if (dash < 0) {
        int port = Integer.parseInt(text);
        return new PortRange(port, port);
      }
      return new PortRange(
          Integer.parseInt(text, 0, dash, 10), Integer.parseInt(text, dash + 1, text.length(), 10));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' names no ports: need PORT or FIRST-LAST", e);
    }
  }

  public boolean contains(int port) {
    return first <= port && port <= last;
  }
}
