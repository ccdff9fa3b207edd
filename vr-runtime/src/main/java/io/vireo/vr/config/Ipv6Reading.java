package io.vireo.vr.config;

import io.vireo.records.router.ietfinterfaces.Interfaces;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv6;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv6.Ipv6RouterAdvertisements;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv6.Ipv6RouterAdvertisements.PrefixList.Prefix.ControlAdvPrefixesChoice;
import io.vireo.vr.config.InterfaceConfig.StaticNeighbour;
import io.vireo.vr.forward.Ipv6InterfaceAddress;
import io.vireo.vr.forward.Ipv6Settings;
import io.vireo.vr.forward.RouterAdvertisements;
import io.vireo.vr.forward.RouterAdvertisements.AdvertisedPrefix;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// IPv6 of an interface, taken out of its record and checked (RFC 8344, RFC 8349 §9).
final class Ipv6Reading {
  private static final int MAX_LIFETIME_SECONDS = 9_000;

  private Ipv6Reading() {}

  private static String path(Interfaces.Interface configured) {
    return "/ietf-interfaces:interfaces/interface[name='" + configured.name() + "']/ietf-ip:ipv6";
  }

  /// @param owners the addresses of all interfaces so far
  static Ipv6Settings settings(
      Interfaces.Interface configured, boolean loopback, Map<IpAddress, String> owners)
      throws ConfigRefusal {
    Ipv6 ipv6 = configured.ipv6();
    if (ipv6 == null || Boolean.FALSE.equals(ipv6.enabled())) {
      return Ipv6Settings.OFF;
    }
    List<Ipv6InterfaceAddress> addresses = new ArrayList<>();
    for (Ipv6.Address each : ipv6.address()) {
      addresses.add(address(each, path(configured), configured.name(), owners));
    }
    Long probes = ipv6.dupAddrDetectTransmits();
    return new Ipv6Settings(
        true,
        !Boolean.FALSE.equals(ipv6.forwarding()),
        addresses,
        probes == null ? 1 : (int) Math.min(probes, Integer.MAX_VALUE),
        RouterConfig.sourceCheck(ipv6.sourceCheck()),
        !Boolean.FALSE.equals(ipv6.redirects()),
        advertisements(ipv6.ipv6RouterAdvertisements(), loopback, path(configured)));
  }

  private static Ipv6InterfaceAddress address(
      Ipv6.Address configured, String path, String name, Map<IpAddress, String> owners)
      throws ConfigRefusal {
    String at = path + "/address[ip='" + configured.ip() + "']";
    IpAddress address = ConfiguredText.ipv6Address(configured.ip().value(), at + "/ip");
    Integer length = configured.prefixLength();
    if (length == null) {
      throw new ConfigRefusal(
          at, "address " + configured.ip() + " has no prefix-length; add one, as in 64");
    }
    long high = address.high();
    long low = address.low();
    if (Ipv6Address.isMulticast(high)
        || Ipv6Address.isUnspecified(high, low)
        || Ipv6Address.isMartian(high, low)) {
      throw new ConfigRefusal(at, configured.ip() + " cannot be the address of an interface");
    }
    Ipv6InterfaceAddress own = new Ipv6InterfaceAddress(high, low, length, false);
    Ipv6Prefix subnet = own.subnet();
    if (length <= 126 && subnet.high() == high && subnet.low() == low) {
      throw new ConfigRefusal(
          at,
          configured.ip()
              + "/"
              + length
              + " is the address of every router of the subnet; choose a host in it");
    }
    // The same link-local address may be on several links.
    String other = own.isLinkLocal() ? null : owners.putIfAbsent(address, name);
    if (other != null) {
      throw new ConfigRefusal(at, configured.ip() + " is already on interface " + other);
    }
    return own;
  }

  private static RouterAdvertisements advertisements(
      @Nullable Ipv6RouterAdvertisements configured, boolean loopback, String path)
      throws ConfigRefusal {
    if (configured == null) {
      return RouterAdvertisements.NONE;
    }
    String at = path + "/ietf-ipv6-unicast-routing:ipv6-router-advertisements";
    int most = orElse(configured.maxRtrAdvInterval(), 600);
    int least =
        orElse(configured.minRtrAdvInterval(), most >= 9 ? (int) (most * 0.33) : most * 3 / 4);
    int lifetime = orElse(configured.defaultLifetime(), Math.min(3 * most, MAX_LIFETIME_SECONDS));
    if (lifetime != 0 && (lifetime < most || lifetime > MAX_LIFETIME_SECONDS)) {
      throw new ConfigRefusal(
          at + "/default-lifetime",
          "a lifetime of "
              + lifetime
              + " s is neither 0 nor from max-rtr-adv-interval ("
              + most
              + ") to "
              + MAX_LIFETIME_SECONDS);
    }
    if (most > 1800) {
      throw new ConfigRefusal(
          at + "/max-rtr-adv-interval", most + " s is more than 1800 (RFC 4861 §6.2.1)");
    }
    boolean send = Boolean.TRUE.equals(configured.sendAdvertisements());
    if (send && loopback) {
      throw new ConfigRefusal(at + "/send-advertisements", "nobody hears them on a loopback");
    }
    return new RouterAdvertisements(
        send,
        most,
        least,
        Boolean.TRUE.equals(configured.managedFlag()),
        Boolean.TRUE.equals(configured.otherConfigFlag()),
        word(configured.linkMtu()),
        word(configured.reachableTime()),
        word(configured.retransTimer()),
        orElse(configured.curHopLimit(), 64),
        lifetime,
        prefixes(configured.prefixList(), at + "/prefix-list"));
  }

  private static Map<Ipv6Prefix, AdvertisedPrefix> prefixes(
      Ipv6RouterAdvertisements.@Nullable PrefixList configured, String path) throws ConfigRefusal {
    Map<Ipv6Prefix, AdvertisedPrefix> prefixes = new HashMap<>();
    if (configured != null) {
      for (var each : configured.prefix()) {
        String text = each.prefixSpec().value();
        Ipv6Prefix prefix =
            ConfiguredText.ipv6Prefix(text, path + "/prefix[prefix-spec='" + text + "']");
        prefixes.put(prefix, how(each.controlAdvPrefixes()));
      }
    }
    return prefixes;
  }

  private static AdvertisedPrefix how(@Nullable ControlAdvPrefixesChoice configured) {
    AdvertisedPrefix usual = AdvertisedPrefix.DEFAULT;
    return switch (configured) {
      case null -> usual;
      case ControlAdvPrefixesChoice.NoAdvertise no ->
          new AdvertisedPrefix(false, false, false, 0, 0);
      case ControlAdvPrefixesChoice.Advertise how ->
          new AdvertisedPrefix(
              true,
              !Boolean.FALSE.equals(how.onLinkFlag()),
              !Boolean.FALSE.equals(how.autonomousFlag()),
              how.validLifetime() == null ? usual.validSeconds() : word(how.validLifetime()),
              how.preferredLifetime() == null
                  ? usual.preferredSeconds()
                  : word(how.preferredLifetime()));
    };
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  // 32 bits, unsigned.
  private static int word(@Nullable Long value) {
    return value == null ? 0 : (int) value.longValue();
  }

  static List<StaticNeighbour> neighbours(Interfaces.Interface configured) throws ConfigRefusal {
    List<StaticNeighbour> neighbours = new ArrayList<>();
    Ipv6 ipv6 = configured.ipv6();
    if (ipv6 != null) {
      for (Ipv6.Neighbor each : ipv6.neighbor()) {
        String at = path(configured) + "/neighbor[ip='" + each.ip() + "']";
        var mac = each.linkLayerAddress();
        if (mac == null) {
          throw new ConfigRefusal(at + "/link-layer-address", "a neighbor needs its address");
        }
        neighbours.add(
            new StaticNeighbour(
                ConfiguredText.ipv6Address(each.ip().value(), at + "/ip"),
                ConfiguredText.mac(mac.value(), at)));
      }
    }
    return neighbours;
  }
}
