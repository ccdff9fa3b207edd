package io.vireo.rsock.client.rules;

import io.vireo.rsock.client.Router;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of a rules file: which sockets it is about, and where those live.
///
/// @param program a program's name with `*` for any run of characters; null for any program
/// @param destination null for any
/// @param ports null for any
public record SocketRule(
    @Nullable String program,
    @Nullable IpPrefix destination,
    @Nullable PortRange ports,
    Router router) {

  /// Reads `[program NAME] [destination PREFIX] [port PORTS] -> ROUTER`, or `default -> ROUTER`.
  public static SocketRule parse(String line) {
    String[] words = line.strip().split("\\s+");
    int arrow = words.length - 2;
    if (arrow < 1 || !words[arrow].equals("->")) {
      throw new IllegalArgumentException("'" + line.strip() + "' does not end in '-> ROUTER'");
    }
    String program = null;
    IpPrefix destination = null;
    PortRange ports = null;
    boolean isDefault = words[0].equals("default");
    for (int i = isDefault ? 1 : 0; i < arrow; i += 2) {
      String value = i + 1 < arrow ? words[i + 1] : "";
      boolean first =
          switch (words[i]) {
            case "program" -> program == null;
            case "destination" -> destination == null;
            case "port" -> ports == null;
            default -> false;
          };
      if (!first || value.isEmpty() || isDefault) {
        throw new IllegalArgumentException(
            "'"
                + words[i]
                + "': need 'program NAME', 'destination PREFIX' and 'port PORTS', each at most once,"
                + " or 'default' alone");
      }
      switch (words[i]) {
        case "program" -> program = value;
        case "destination" -> destination = IpPrefix.parse(value);
        default -> ports = PortRange.parse(value);
      }
    }
    return new SocketRule(program, destination, ports, Router.parse(words[arrow + 1]));
  }

  /// True for a rule that every socket matches: no later one is ever reached.
  public boolean matchesAll() {
    return program == null && destination == null && ports == null;
  }

  /// True when this rule is about a socket of `programName` to (or bound to) `endpoint`.
  public boolean matches(String programName, InetSocketAddress endpoint) {
    return (destination == null || destination.contains(endpoint.getAddress()))
        && (ports == null || ports.contains(endpoint.getPort()))
        && (program == null || matchesName(program, programName));
  }

  private static boolean matchesName(String pattern, String name) {
    return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), name);
  }
}
