package io.vireo.datastore.engine;

import io.vireo.datastore.access.AccessControl;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.ManagementEvent;
import io.vireo.datastore.api.TreeChange;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets through what a user may be told (RFC 8341 §3.4.6): by the names that RFC 6470 gives events,
/// and of a change the parts that the user may read.
record PermittedEvents(AccessControl access, Caller caller, Consumer<ManagementEvent> consumer) {
  private static final String MODULE = "ietf-netconf-notifications";

  void accept(ManagementEvent event) {
    String name = name(event);
    if (name != null && !access.mayReceive(caller, MODULE, name, null)) {
      return;
    }
    if (event instanceof ManagementEvent.ConfigChanged changed) {
      List<TreeChange> readable =
          changed.changes().stream()
              .map(change -> access.readable(caller, change))
              .filter(Objects::nonNull)
              .toList();
      consumer.accept(
          new ManagementEvent.ConfigChanged(
              changed.time(), changed.datastore(), changed.by(), changed.transaction(), readable));
      return;
    }
    consumer.accept(event);
  }

  private static @Nullable String name(ManagementEvent event) {
    return switch (event) {
      case ManagementEvent.ConfigChanged changed -> "netconf-config-change";
      case ManagementEvent.SessionStarted started -> "netconf-session-start";
      case ManagementEvent.SessionEnded ended -> "netconf-session-end";
      case ManagementEvent.ConfirmedCommit commit -> "netconf-confirmed-commit";
      case ManagementEvent.Missed missed -> null;
    };
  }
}
