package io.vireo.rsock.server.access;

import io.vireo.rsock.server.RsockEvent;
import io.vireo.rsock.server.SocketRefusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides, counts, and tells refusals to the audit listener.
public final class AccessControl {
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;

  private final Supplier<AccessRules> rules;
  private final Consumer<RsockEvent> audit;
  private final Map<String, LongAdder> matched = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  /// @param rules the rules in force, asked for at each decision
  public AccessControl(Supplier<AccessRules> rules, Consumer<RsockEvent> audit) {
    this.rules = rules;
    this.audit = audit;
  }

  /// May `peer` talk to this router at all? Asked once a connection; not counted as a match.
  public void requireConnect(Peer peer) throws SocketRefusal {
    require(peer, rules.get().lookup(peer), "connect");
  }

  /// May `peer` open a socket?
  public void requireOpen(Peer peer) throws SocketRefusal {
    AccessRule rule = rules.get().lookup(peer);
    if (rule != null) {
      matched.computeIfAbsent(rule.name(), name -> new LongAdder()).increment();
    }
    require(peer, rule, "open a socket");
  }

  /// May `peer` bind to `port`? 0 asks for any free one.
  public void requireBind(Peer peer, int port) throws SocketRefusal {
    AccessRule rule = rules.get().lookup(peer);
    require(peer, rule, "bind");
    if (port > 0 && port < FIRST_UNPRIVILEGED_PORT && (rule == null || !rule.lowPorts())) {
      throw refuse(
          peer,
          rule,
          "bind to port " + port,
          "ports below " + FIRST_UNPRIVILEGED_PORT + " need low-ports in its rule");
    }
  }

  /// How often the rule called `name` decided about a socket.
  public long matched(String name) {
    LongAdder count = matched.get(name);
    return count == null ? 0 : count.sum();
  }

  /// How many requests were refused.
  public long refused() {
    return refused.sum();
  }

  private void require(Peer peer, @Nullable AccessRule rule, String what) throws SocketRefusal {
    if (rule == null) {
      throw refuse(peer, null, what, "no rule of /sockets/access names it");
    }
    if (!rule.permits()) {
      throw refuse(peer, rule, what, "rule '" + rule.name() + "' denies it");
    }
  }

  private SocketRefusal refuse(Peer peer, @Nullable AccessRule rule, String what, String why) {
    refused.increment();
    audit.accept(new RsockEvent.Refused(peer, rule == null ? null : rule.name(), what));
    return new SocketRefusal(
        SocketRefusal.EACCES, "user " + peer.user() + " may not " + what + ": " + why);
  }
}
