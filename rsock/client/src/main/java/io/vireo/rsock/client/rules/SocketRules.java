package io.vireo.rsock.client.rules;

import io.vireo.rsock.client.Router;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// The rules in force: the first that matches decides, `otherwise` where none does. Immutable.
public record SocketRules(List<SocketRule> rules, Router otherwise) {

  /// More lines than this are a mistake, or an attack on the programs that read them.
  public static final int MAX_RULES = 10_000;

  public SocketRules {
    rules = List.copyOf(rules);
  }

  /// Reads a rules file's text: a rule a line, `#` starts a comment.
  public static SocketRules parse(String text, Router otherwise) throws RulesException {
    List<SocketRule> rules = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      int comment = line.indexOf('#');
      String bare = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (bare.isEmpty()) {
        continue;
      }
      if (rules.size() == MAX_RULES) {
        throw new RulesException("line " + number + ": more than " + MAX_RULES + " rules", null);
      }
      if (!rules.isEmpty() && rules.getLast().matchesAll()) {
        throw new RulesException(
            "line " + number + ": no socket gets here, the default must be the last rule", null);
      }
      try {
        rules.add(SocketRule.parse(bare));
      } catch (IllegalArgumentException e) {
        throw new RulesException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return new SocketRules(rules, otherwise);
  }

  /// Where a socket of `program` to (or bound to) `endpoint` lives.
  public Router choose(String program, InetSocketAddress endpoint) {
    for (SocketRule rule : rules) {
      if (rule.matches(program, endpoint)) {
        return rule.router();
      }
    }
    return otherwise;
  }
}
