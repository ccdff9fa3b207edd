package io.vireo.ssh;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts connections against [SessionLimits]. Thread-safe; shared by all listeners.
final class SessionRegister {
  private SessionLimits limits;
  // In the order of their coming.
  private final Map<Object, Entry> open = new LinkedHashMap<>();
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
    return Optional.empty();
  }

  /// Counts a connection.
  ///
  /// @return who has to go for it, since too many have not logged in yet: the oldest of the address
  ///   that has most of those. So nobody who only connects keeps another from logging in.
  synchronized @Nullable Object onOpened(Object session, String address) {
    if (open.putIfAbsent(session, new Entry(address, null)) == null) {
      perAddress.merge(address, 1, Integer::sum);
    }
    // Half of the other limits is kept for who has logged in.
    Object leaves = null;
    if (unauthenticated() > Math.min(limits.unauthenticated(), Math.max(1, limits.total() / 2))) {
      leaves = oldestOfBusiest();
    } else if (pendingOf(address) > Math.max(1, limits.perAddress() / 2)) {
      leaves = oldestOf(address);
    }
    if (leaves != null) {
      onClosed(leaves); // as good as: it can't log in any more
    }
    return leaves;
  }

  private @Nullable Object oldestOfBusiest() {
    Map<String, Integer> pending = new HashMap<>();
    for (Entry entry : open.values()) {
      if (entry.user() == null) {
        pending.merge(entry.address(), 1, Integer::sum);
      }
    }
    String busiest =
        pending.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    return oldestOf(busiest);
  }

  private @Nullable Object oldestOf(String address) {
    for (Map.Entry<Object, Entry> each : open.entrySet()) {
      if (each.getValue().user() == null && each.getValue().address().equals(address)) {
        return each.getKey();
      }
    }
    return null;
  }

  private long pendingOf(String address) {
    return open.values().stream()
        .filter(entry -> entry.user() == null && entry.address().equals(address))
        .count();
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
