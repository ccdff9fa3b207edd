package io.vireo.netconf.monitoring;

import java.util.Map;

/// Builds the XML of the server's own state.
final class StateDocument {
  static final String MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";

  private final StringBuilder text = new StringBuilder();

  StateDocument open(String name) {
    text.append('<').append(name).append('>');
    return this;
  }

  StateDocument open(String name, String namespace) {
    text.append('<').append(name).append(" xmlns=\"").append(escape(namespace)).append("\">");
    return this;
  }

  StateDocument close(String name) {
    text.append("</").append(name).append('>');
    return this;
  }

  StateDocument leaf(String name, String value) {
    return open(name).text(value).close(name);
  }

  /// @param namespaces what the prefixes in the value stand for
  StateDocument leaf(String name, String value, Map<String, String> namespaces) {
    text.append('<').append(name);
    namespaces.forEach((prefix, namespace) ->
        text.append(" xmlns:").append(prefix).append("=\"").append(escape(namespace)).append('"'));
    text.append('>');
    return text(value).close(name);
  }

  /// A zero-based counter32 (RFC 6991): wraps.
  StateDocument counter(String name, long value) {
    return leaf(name, Long.toString(value & 0xffff_ffffL));
  }

  private StateDocument text(String value) {
    text.append(escape(value));
    return this;
  }

  private static String escape(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
