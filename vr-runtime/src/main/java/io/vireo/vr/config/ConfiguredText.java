package io.vireo.vr.config;

import io.vireo.vr.rib.NextHop;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Prefix;
import org.jspecify.annotations.Nullable;

/// What the text of a leaf means, or a refusal that names the leaf.
final class ConfiguredText {
  private ConfiguredText() {}

  static int ipv4Address(String text, String path) throws ConfigRefusal {
    return Ipv4Address.parse(text)
        .orElseThrow(() -> new ConfigRefusal(path, "'" + text + "' is no IPv4 address"));
  }

  static IpAddress ipv6Address(String text, String path) throws ConfigRefusal {
    return Ipv6Address.parse(text)
        .orElseThrow(() -> new ConfigRefusal(path, "'" + text + "' is no IPv6 address"));
  }

  static Ipv4Prefix ipv4Prefix(String text, String path) throws ConfigRefusal {
    try {
      int length = Integer.parseInt(text.substring(text.indexOf('/') + 1));
      int address = Ipv4Address.of(text.substring(0, text.indexOf('/')));
      return Ipv4Prefix.containing(address, length);
    } catch (IllegalArgumentException malformed) {
      throw new ConfigRefusal(path, "'" + text + "' is no prefix; write a.b.c.d/n");
    }
  }

  static Ipv6Prefix ipv6Prefix(String text, String path) throws ConfigRefusal {
    try {
      int length = Integer.parseInt(text.substring(text.indexOf('/') + 1));
      IpAddress address = Ipv6Address.of(text.substring(0, text.indexOf('/')));
      return Ipv6Prefix.containing(address.high(), address.low(), length);
    } catch (IllegalArgumentException malformed) {
      throw new ConfigRefusal(path, "'" + text + "' is no prefix; write x:x::x/n");
    }
  }

  static long mac(String text, String path) throws ConfigRefusal {
    @Nullable Long value =
        text.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")
            ? Long.valueOf(text.replace(":", ""), 16)
            : null;
    if (value == null || EthernetHeader.isGroup(value)) {
      throw new ConfigRefusal(path, "'" + text + "' is no address of one Ethernet station");
    }
    return value;
  }

  /// A next hop of which at least one part is configured.
  ///
  /// @param weight null: that of one
  static NextHop nextHop(
      @Nullable String address,
      @Nullable String out,
      boolean ipv6,
      @Nullable Integer weight,
      String path)
      throws ConfigRefusal {
    int share = weight == null ? 1 : weight;
    if (address == null) {
      if (out != null) {
        return new NextHop.OnLink(out, share);
      }
      throw new ConfigRefusal(path, "a next hop needs an address or an outgoing interface");
    }
    if (!ipv6) {
      return new NextHop.Via(IpAddress.ofIpv4(ipv4Address(address, path)), out, share);
    }
    int percent = address.indexOf('%');
    IpAddress via = ipv6Address(percent < 0 ? address : address.substring(0, percent), path);
    String link = percent < 0 ? out : address.substring(percent + 1);
    if (out != null && !out.equals(link)) {
      throw new ConfigRefusal(path, "next hop " + address + " is not on interface " + out);
    }
    if (Ipv6Address.isLinkLocal(via.high()) && link == null) {
      throw new ConfigRefusal(
          path, "next hop " + address + " is link-local; name its outgoing interface");
    }
    if (Ipv6Address.isMulticast(via.high()) || via.isIpv4()) {
      throw new ConfigRefusal(path, address + " cannot be a next hop");
    }
    return new NextHop.Via(via, link, share);
  }
}
