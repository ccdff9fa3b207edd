package io.vireo.ssh;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renders audit events, one line each, on the logger `io.vireo.audit`. What a peer sent is cut to
/// printable characters, so that no peer can forge a line. Refusals: one line a second of each
/// kind, with the number of those left out before it.
final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger("io.vireo.audit");
  private static final int MAX_FIELD_CHARS = 128;
  private static final long REFUSAL_INTERVAL_NS = 1_000_000_000L;

  /// What anybody out there can cause without logging in.
  private static final Map<AuditEvent, LineLimit> LIMITS =
      Map.of(
          AuditEvent.CONNECTION_REFUSED, new LineLimit(REFUSAL_INTERVAL_NS),
          AuditEvent.LOGIN_REFUSED, new LineLimit(REFUSAL_INTERVAL_NS));

  private Audit() {}

  static void record(
      AuditEvent event, String listener, @Nullable String user, String remote, String detail) {
    LineLimit limit = LIMITS.get(event);
    long leftOut = limit == null ? 0 : limit.admit(System.nanoTime());
    if (leftOut < 0) {
      return;
    }
    LOG.info(
        "{} listener={} user={} remote={} {}",
        event.text(),
        listener,
        printable(user == null ? "-" : user),
        remote,
        printable(detail) + (leftOut == 0 ? "" : " left-out=" + leftOut));
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
