package io.vireo.manager.port;

import java.util.ArrayList;
import java.util.List;

/// What the host had made of a device before it was claimed, and who claimed it: one file of the
/// [ClaimJournal], a `key value` pair a line.
///
/// @param device the device's name
/// @param router the virtual router that has it
/// @param index the device's index: another device of the same name is not restored
/// @param up whether it was up
/// @param arp whether the host answered ARP on it
/// @param promiscuous whether it was promiscuous
/// @param ipv6Disabled value of `disable_ipv6`; empty where the host has no IPv6
/// @param addresses arguments of `ip addr add`, less the device
/// @param routes arguments of `ip route add`, less the device; an IPv6 one starts with `-6`
public record DeviceSettings(
    String device,
    String router,
    int index,
    boolean up,
    boolean arp,
    boolean promiscuous,
    String ipv6Disabled,
    List<String> addresses,
    List<String> routes) {
  public DeviceSettings {
    addresses = List.copyOf(addresses);
    routes = List.copyOf(routes);
  }

  /// As it stands in the journal.
  String emit() {
    StringBuilder text = new StringBuilder();
    line(text, "device", device);
    line(text, "router", router);
    line(text, "index", Integer.toString(index));
    line(text, "up", Boolean.toString(up));
    line(text, "arp", Boolean.toString(arp));
    line(text, "promiscuous", Boolean.toString(promiscuous));
    line(text, "ipv6-disabled", ipv6Disabled);
    addresses.forEach(address -> line(text, "address", address));
    routes.forEach(route -> line(text, "route", route));
    return text.append("end\n").toString();
  }

  /// Reads what [#emit] wrote.
  ///
  /// @throws IllegalArgumentException when it is cut off or not understood
  static DeviceSettings parse(String text) {
    String device = "";
    String router = "";
    int index = 0;
    boolean up = false;
    boolean arp = true;
    boolean promiscuous = false;
    String ipv6Disabled = "";
    List<String> addresses = new ArrayList<>();
    List<String> routes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.equals("end")) {
        return new DeviceSettings(
            device, router, index, up, arp, promiscuous, ipv6Disabled, addresses, routes);
      }
      int space = line.indexOf(' ');
      String value = space < 0 ? "" : line.substring(space + 1);
      switch (space < 0 ? line : line.substring(0, space)) {
        case "device" -> device = value;
        case "router" -> router = value;
        case "index" -> index = Integer.parseInt(value);
        case "up" -> up = Boolean.parseBoolean(value);
        case "arp" -> arp = Boolean.parseBoolean(value);
        case "promiscuous" -> promiscuous = Boolean.parseBoolean(value);
        case "ipv6-disabled" -> ipv6Disabled = value;
        case "address" -> addresses.add(value);
        case "route" -> routes.add(value);
        default -> throw new IllegalArgumentException("line '" + line + "'");
      }
    }
    throw new IllegalArgumentException("no end");
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(' ').append(value).append('\n');
  }
}
