package io.vireo.rsock.server.access;

import io.vireo.records.router.vireosockets.Sockets;
import io.vireo.records.router.vireosockets.Sockets.Access.Rule;
import java.util.ArrayList;
import java.util.List;

/// The rules in force with their counters, for `/sockets/access` of the operational datastore.
public final class AccessState {
  private AccessState() {}

  /// What stands in `rules`, and what `access` counted.
  public static Sockets.Access of(AccessRules rules, AccessControl access) {
    List<Rule> entries = new ArrayList<>();
    for (AccessRule rule : rules.rules()) {
      Rule.WhoChoice who =
          switch (rule.who()) {
            case AccessRule.Who.User user -> new Rule.WhoChoice.User(user.name());
            case AccessRule.Who.Group group -> new Rule.WhoChoice.Group(group.name());
          };
      Rule.Action action = rule.permits() ? Rule.Action.PERMIT : Rule.Action.DENY;
      entries.add(new Rule(rule.name(), who, action, rule.lowPorts(), access.matched(rule.name())));
    }
    return new Sockets.Access(entries, access.refused());
  }
}
