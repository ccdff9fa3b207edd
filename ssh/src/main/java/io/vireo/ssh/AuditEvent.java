package io.vireo.ssh;

/// What the audit records of a connection. Names are stable: programs read them.
enum AuditEvent {
  LISTENING("listening"),
  LOGIN_ACCEPTED("login-accepted"),
  LOGIN_REFUSED("login-refused"),
  CONNECTION_REFUSED("connection-refused"),
  CHANNEL_OPENED("channel-opened"),
  CHANNEL_CLOSED("channel-closed"),
  DOOR_FAILED("door-failed"),
  CLIENT_LOST("client-lost"),
  LOGOUT("logout"),
  STOPPED("stopped");

  private final String text;

  AuditEvent(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
