package io.vireo.ssh;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts connections against [SessionLimits]. Thread-safe; shared by all listeners.
final class SessionRegister {
  private SessionLimits limits;
  private final Map<Object, Entry> open = new HashMap<>();
  private final Map<String, Integer> perAddress = new HashMap<>();
  private final Map<String, Integer> perUser = new HashMap<>();

  SessionRegister(SessionLimits limits) {
    this.limits = limits;
  }

  /// From now on; nobody who is there has to go.
  synchronized void limit(SessionLimits newLimits) {
    limits = newLimits;
  }

  private record Entry(String address, @Nullable String user) {}

  /// Why one more connection from an address isn't taken; empty if it is.
  synchronized Optional<String> refusal(String address) {
    if (open.size() >= limits.total()) {
      return Optional.of("limit of " + limits.total() + " connections");
    }
    if (perAddress.getOrDefault(address, 0) >= limits.perAddress()) {
      return Optional.of("limit of " + limits.perAddress() + " connections per address");
    }
    if (unauthenticated() >= limits.unauthenticated()) {
      return Optional.of("limit of " + limits.unauthenticated() + " connections not logged in");
    }
    return Optional.empty();
  }

  synchronized void onOpened(Object session, String address) {
    if (open.putIfAbsent(session, new Entry(address, null)) == null) {
      perAddress.merge(address, 1, Integer::sum);
    }
  }

  /// Counts a log-in; false: the user has too many sessions.
  synchronized boolean onLogin(Object session, String user) {
    Entry entry = open.get(session);
    if (entry == null || perUser.getOrDefault(user, 0) >= limits.perUser()) {
      return false;
    }
    if (entry.user() == null) {
      open.put(session, new Entry(entry.address(), user));
      perUser.merge(user, 1, Integer::sum);
    }
    return true;
  }

  synchronized void onClosed(Object session) {
    Entry entry = open.remove(session);
    if (entry == null) {
      return;
    }
    perAddress.computeIfPresent(entry.address(), (address, count) -> decremented(count));
    String user = entry.user();
    if (user != null) {
      perUser.computeIfPresent(user, (name, count) -> decremented(count));
    }
  }

  synchronized int openConnections() {
    return open.size();
  }

  private int unauthenticated() {
    return open.size() - perUser.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static @Nullable Integer decremented(int count) {
    return count == 1 ? null : count - 1;
  }
}
