package io.vireo.manager.port;

import io.vireo.manager.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A network device of the host: reads its settings, silences it, restores it, by iproute2 and
/// sysctl. For set-up: each step takes a few milliseconds.
final class HostDevice {
  private static final Path IPV6_SETTINGS = Path.of("/proc/sys/net/ipv6/conf");

  private final String name;

  HostDevice(String name) {
    this.name = name;
  }

  /// Whether the host's default route, IPv4 or IPv6, leaves by this device.
  boolean carriesDefaultRoute() throws IOException {
    return !HostCommand.run("ip", "-4", "route", "show", "default", "dev", name).isEmpty()
        || (Files.isDirectory(IPV6_SETTINGS)
            && !HostCommand.run("ip", "-6", "route", "show", "default", "dev", name).isEmpty());
  }

  /// Reads everything that [#silence] will change.
  DeviceSettings read(LinkState link, String router) throws IOException {
    List<String> flags = link.flags();
    List<String> addresses = new ArrayList<>();
    HostCommand.run("ip", "-o", "-4", "addr", "show", "dev", name)
        .lines()
        .forEach(line -> addresses.add(addressArguments(line)));
    List<String> routes = new ArrayList<>();
    routes(HostCommand.run("ip", "-4", "route", "show", "dev", name), "-4 ", routes);
    boolean ipv6 = Files.exists(ipv6Switch());
    if (ipv6) {
      HostCommand.run("ip", "-o", "-6", "addr", "show", "dev", name, "scope", "global")
          .lines()
          .filter(line -> !line.contains(" dynamic "))
          .forEach(line -> addresses.add(addressArguments(line)));
      routes(HostCommand.run("ip", "-6", "route", "show", "dev", name), "-6 ", routes);
    }
    return new DeviceSettings(
        name,
        router,
        link.index(),
        flags.contains("UP"),
        !flags.contains("NOARP"),
        flags.contains("PROMISC"),
        ipv6 ? Files.readString(ipv6Switch()).strip() : "",
        addresses,
        routes);
  }

  /// Ends the host's own use of the device and brings it up.
  void silence() throws IOException {
    if (Files.exists(ipv6Switch())) {
      Files.writeString(ipv6Switch(), "1");
    }
    HostCommand.run("ip", "addr", "flush", "dev", name);
    HostCommand.run("ip", "link", "set", "dev", name, "arp", "off", "up");
  }

  /// Makes the device what it was; what fails is told and the rest is done.
  void restore(DeviceSettings was, Consumer<String> complaints) {
    if (was.ipv6Disabled().equals("0") && Files.exists(ipv6Switch())) {
      attempt(complaints, () -> Files.writeString(ipv6Switch(), "0"));
    }
    List<String> link = new ArrayList<>(List.of("ip", "link", "set", "dev", name));
    link.addAll(List.of("arp", was.arp() ? "on" : "off"));
    link.addAll(List.of("promisc", was.promiscuous() ? "on" : "off"));
    link.add(was.up() ? "up" : "down");
    attempt(complaints, () -> HostCommand.run(link));
    for (String address : was.addresses()) {
      attempt(complaints, () -> HostCommand.run(command("ip addr add", address)));
    }
    for (String route : was.routes()) {
      String family = route.substring(0, 2);
      attempt(
          complaints,
          () -> HostCommand.run(command("ip " + family + " route add", route.substring(3))));
    }
  }

  private Path ipv6Switch() {
    return IPV6_SETTINGS.resolve(name).resolve("disable_ipv6");
  }

  private List<String> command(String verb, String arguments) {
    return Stream.of(verb.split(" "), arguments.split(" "), new String[] {"dev", name})
        .flatMap(Arrays::stream)
        .toList();
  }

  /// `2: eth0 inet 192.0.2.1/24 brd 192.0.2.255 scope global eth0\ valid_lft ...` becomes
  /// `192.0.2.1/24 brd 192.0.2.255 scope global`.
  static String addressArguments(String line) {
    List<String> words = List.of(line.split("\\\\", 2)[0].strip().split("\\s+"));
    List<String> kept = new ArrayList<>();
    for (int i = 3; i < words.size(); i++) {
      String word = words.get(i);
      if (i == 3) {
        kept.add(word);
      } else if (List.of("brd", "peer", "scope").contains(word) && i + 1 < words.size()) {
        kept.add(word);
        kept.add(words.get(++i));
      } else if (word.equals("nodad")) {
        kept.add(word);
      }
    }
    return String.join(" ", kept);
  }

  /// Routes that addresses do not bring with them.
  private static void routes(String listing, String family, List<String> out) {
    listing
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .filter(line -> !line.contains("proto kernel") && !line.contains("proto ra"))
        .map(line -> line.replaceAll(" (linkdown|dead|expires \\S+)", ""))
        .forEach(line -> out.add(family + line));
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void attempt(Consumer<String> complaints, Step step) {
    try {
      step.run();
    } catch (IOException failed) {
      complaints.accept(failed.getMessage() + "");
    }
  }
}
