package io.vireo.netconf.rpc;

/// Text that may come from anywhere, made fit for XML 1.0.
final class XmlText {
  private XmlText() {}

  /// Replaces what XML can't hold (XML 1.0 §2.2).
  static String legal(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0xfffe || c == 0xffff) {
        return text.replaceAll(
            "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
      }
    }
    return text;
  }
}
