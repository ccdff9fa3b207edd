package io.vireo.rsock.client.tool;

import io.vireo.rsock.client.Router;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The command line, checked.
///
/// @param routers one socket in each; empty: the rules decide
/// @param rulesPort port of one more socket that follows the rules; 0: none
/// @param endpoint `serve`: where to listen; else whom to send to
record ToolOptions(
    Verb verb,
    List<Router> routers,
    InetSocketAddress endpoint,
    int rulesPort,
    boolean tag,
    String text,
    int count,
    int intervalMs,
    int timeoutMs,
    int sizeBytes) {
  private static final int MAX_DATA = 65507;
  private static final int ECHO_PORT = 7; // RFC 862

  enum Verb {
    SERVE,
    ASK,
    SEND
  }

  /// Reads the arguments.
  ///
  /// @throws IllegalArgumentException whose message names the argument
  static ToolOptions parse(String... arguments) {
    return new Parser(arguments).parse();
  }

  private static final class Parser {
    private final String[] arguments;
    private int at;
    private final List<Router> routers = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private @Nullable String address;
    private int port = ECHO_PORT;
    private boolean portGiven;
    private int rulesPort;
    private boolean tag;
    private int count;
    private int intervalMs = 1000;
    private int timeoutMs = 1000;
    private int sizeBytes = 56;

    Parser(String... arguments) {
      this.arguments = arguments;
    }

    ToolOptions parse() {
      Verb verb = verb();
      while (at < arguments.length) {
        option(arguments[at++]);
      }
      if (verb == Verb.SERVE) {
        requireWords(0);
        // With only a port for the rules there is nothing to listen on besides.
        if (rulesPort > 0 && routers.isEmpty() && !portGiven) {
          port = 0;
        }
        return options(verb, new InetSocketAddress(literal(address), port), "");
      }
      requireWords(verb == Verb.ASK ? 2 : 3);
      InetSocketAddress to =
          new InetSocketAddress(literal(words.get(0)), number("PORT", words.get(1), 1, 65535));
      return options(verb, to, verb == Verb.SEND ? words.get(2) : "");
    }

    private ToolOptions options(Verb verb, InetSocketAddress endpoint, String text) {
      int datagrams = count > 0 ? count : verb == Verb.ASK ? 5 : 1;
      return new ToolOptions(
          verb,
          List.copyOf(routers),
          endpoint,
          rulesPort,
          tag,
          text,
          datagrams,
          intervalMs,
          timeoutMs,
          sizeBytes);
    }

    private Verb verb() {
      if (arguments.length == 0) {
        throw new IllegalArgumentException("what? serve, ask or send");
      }
      try {
        return Verb.valueOf(arguments[at++].toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("'" + arguments[0] + "' is none of serve, ask, send", e);
      }
    }

    private void option(String option) {
      switch (option) {
        case "--vr" -> routers.add(Router.parse(value(option)));
        case "--both" -> {
          routers.add(Router.named(value(option)));
          routers.add(Router.KERNEL);
        }
        case "--port" -> {
          port = number(option, value(option), 1, 65535);
          portGiven = true;
        }
        case "--rules-port" -> rulesPort = number(option, value(option), 1, 65535);
        case "--address" -> address = value(option);
        case "--tag" -> tag = true;
        case "--count" -> count = number(option, value(option), 1, Integer.MAX_VALUE);
        case "--interval" -> intervalMs = number(option, value(option), 0, 3_600_000);
        case "--timeout" -> timeoutMs = number(option, value(option), 1, 3_600_000);
        case "--size" -> sizeBytes = number(option, value(option), Long.BYTES, MAX_DATA);
        default -> {
          if (option.startsWith("--")) {
            throw new IllegalArgumentException("unknown option '" + option + "'");
          }
          words.add(option);
        }
      }
    }

    private String value(String option) {
      if (at == arguments.length) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      return arguments[at++];
    }

    private void requireWords(int need) {
      if (words.size() != need) {
        throw new IllegalArgumentException(
            words.size() + " words " + words + " beside the options, need " + need);
      }
    }

    private static InetAddress literal(@Nullable String text) {
      return InetAddress.ofLiteral(text == null ? "0.0.0.0" : text);
    }

    private static int number(String name, String text, int min, int max) {
      try {
        int value = Integer.parseInt(text);
        if (min <= value && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        // told below
      }
      throw new IllegalArgumentException(
          name + " '" + text + "': need a number from " + min + " to " + max);
    }
  }
}
