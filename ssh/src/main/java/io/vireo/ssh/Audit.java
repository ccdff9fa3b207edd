package io.vireo.ssh;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renders audit events, one line each, on the logger `io.vireo.audit`. What a peer sent is cut to
/// printable characters, so that no peer can forge a line.
final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger("io.vireo.audit");
  private static final int MAX_FIELD_CHARS = 128;

  private Audit() {}

  static void record(
      AuditEvent event, String listener, @Nullable String user, String remote, String detail) {
    LOG.info(
        "{} listener={} user={} remote={} {}",
        event.text(),
        listener,
        printable(user == null ? "-" : user),
        remote,
        printable(detail));
  }

  static void failure(String listener, String user, String remote, Throwable cause) {
    LOG.warn(
        "{} listener={} user={} remote={}",
        AuditEvent.DOOR_FAILED.text(),
        listener,
        printable(user),
        remote,
        cause);
  }

  private static String printable(String text) {
    String cut = text.length() > MAX_FIELD_CHARS ? text.substring(0, MAX_FIELD_CHARS) : text;
    return cut.replaceAll("\\P{Print}", "?");
  }
}
