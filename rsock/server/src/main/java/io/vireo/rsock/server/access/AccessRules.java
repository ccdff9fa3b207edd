package io.vireo.rsock.server.access;

import io.vireo.records.router.vireosockets.Sockets;
import io.vireo.records.router.vireosockets.Sockets.Access.Rule.WhoChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules in force, in the operator's order: the first that names a peer decides. Immutable.
public record AccessRules(List<AccessRule> rules) {
  /// Nobody may.
  public static final AccessRules NONE = new AccessRules(List.of());

  public AccessRules {
    rules = List.copyOf(rules);
  }

  /// The rules of a configuration; null: none are configured.
  public static AccessRules of(Sockets.@Nullable Access access) {
    if (access == null) {
      return NONE;
    }
    List<AccessRule> rules = new ArrayList<>();
    for (Sockets.Access.Rule rule : access.rule()) {
      WhoChoice who = rule.who();
      AccessRule.Who named =
          switch (who) {
            case WhoChoice.User user -> new AccessRule.Who.User(String.valueOf(user.user()));
            case WhoChoice.Group group -> new AccessRule.Who.Group(String.valueOf(group.group()));
            case null ->
                throw new IllegalArgumentException("rule " + rule.name() + " names nobody");
          };
      boolean permits = rule.action() == Sockets.Access.Rule.Action.PERMIT;
      rules.add(new AccessRule(rule.name(), named, permits, Boolean.TRUE.equals(rule.lowPorts())));
    }
    return new AccessRules(rules);
  }

  /// The rule that decides about `peer`, null when none names it.
  @Nullable AccessRule lookup(Peer peer) {
    for (AccessRule rule : rules) {
      if (rule.who().names(peer)) {
        return rule;
      }
    }
    return null;
  }
}
