package io.vireo.vr.config;

import io.vireo.records.router.RouterRoot;
import io.vireo.records.router.ianaiftype.IanaIfTypeIdentity;
import io.vireo.records.router.ietfinterfaces.Interfaces;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv4;
import io.vireo.records.router.vireopunt.Punt;
import io.vireo.vr.forward.PolicerSettings;
import io.vireo.vr.forward.PuntClass;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.forward.SourceCheck;
import io.vireo.vr.rib.Route;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Prefix;
import io.vireo.wire.Identity;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A whole configuration, checked: what [ConfigApplier] applies without fail.
///
/// @param ipv4Routes the configured routes by destination
/// @param ipv6Routes likewise
/// @param policers of the classes that differ from their defaults
public record RouterConfig(
    List<InterfaceConfig> interfaces,
    StaticRoutes<Ipv4Prefix> ipv4Routes,
    StaticRoutes<Ipv6Prefix> ipv6Routes,
    Map<PuntClass, PolicerSettings> policers) {
  private static final byte[] EMPTY_TREE = {(byte) 0xa0};

  public static final RouterConfig EMPTY =
      new RouterConfig(List.of(), StaticRoutes.none(), StaticRoutes.none(), Map.of());

  public RouterConfig {
    interfaces = List.copyOf(interfaces);
    policers = Map.copyOf(policers);
  }

  /// One of IPv4 alone, with the policers' defaults.
  public static RouterConfig ofIpv4(
      List<InterfaceConfig> interfaces, List<Route<Ipv4Prefix>> routes) {
    return new RouterConfig(interfaces, StaticRoutes.of(routes), StaticRoutes.none(), Map.of());
  }

  /// Checks `root` and takes out what the data plane needs.
  public static RouterConfig of(RouterRoot root) throws ConfigRefusal {
    return of(root, nothing(), EMPTY);
  }

  /// The root of an empty tree.
  public static RouterRoot nothing() {
    try {
      return RouterRoot.read(new CborReader(EMPTY_TREE));
    } catch (CborException mistake) {
      throw new IllegalStateException(mistake);
    }
  }

  /// The same, at the cost of what differs from another configuration: records that both share are
  /// not looked at again.
  ///
  /// @param known what was made of `before`
  public static RouterConfig of(RouterRoot root, RouterRoot before, RouterConfig known)
      throws ConfigRefusal {
    List<InterfaceConfig> interfaces = new ArrayList<>();
    Map<IpAddress, String> owners = new HashMap<>();
    Interfaces configured = root.interfaces();
    if (configured != null) {
      for (Interfaces.Interface each : configured.interface_()) {
        interfaces.add(interfaceOf(each, owners));
      }
      VlanReading.check(interfaces);
    }
    return new RouterConfig(
        interfaces,
        StaticRoutes.of(
            new Ipv4StaticRoutes(), root.routing(), before.routing(), known.ipv4Routes()),
        StaticRoutes.of(
            new Ipv6StaticRoutes(), root.routing(), before.routing(), known.ipv6Routes()),
        policers(root.punt()));
  }

  private static Map<PuntClass, PolicerSettings> policers(@Nullable Punt configured) {
    Map<PuntClass, PolicerSettings> policers = new EnumMap<>(PuntClass.class);
    if (configured != null) {
      for (Punt.Policer each : configured.policer()) {
        PuntClass of = PuntClass.valueOf(each.class_().name());
        PolicerSettings usual = of.defaults();
        policers.put(
            of,
            new PolicerSettings(
                each.rate() == null ? usual.ratePerSecond() : Math.toIntExact(each.rate()),
                each.burst() == null ? usual.burst() : Math.toIntExact(each.burst())));
      }
    }
    return policers;
  }

  private static InterfaceConfig interfaceOf(
      Interfaces.Interface configured, Map<IpAddress, String> owners) throws ConfigRefusal {
    String path =
        "/ietf-interfaces:interfaces/interface[name='" + configured.name() + "']/ietf-ip:ipv4";
    Identity type = configured.type();
    boolean loopback = type != null && type.sid() == IanaIfTypeIdentity.SOFTWARE_LOOPBACK.sid();
    boolean subInterface = type != null && type.sid() == IanaIfTypeIdentity.L2VLAN.sid();
    List<InterfaceAddress> addresses = new ArrayList<>();
    List<InterfaceConfig.StaticNeighbour> neighbours = new ArrayList<>();
    Ipv4 ipv4 = configured.ipv4();
    boolean ipv4Enabled = ipv4 != null && !Boolean.FALSE.equals(ipv4.enabled());
    if (ipv4 != null) {
      for (Ipv4.Address each : ipv4.address()) {
        addresses.add(addressOf(each, path, configured.name(), owners));
      }
      for (Ipv4.Neighbor each : ipv4.neighbor()) {
        String at = path + "/neighbor[ip='" + each.ip() + "']";
        var mac = each.linkLayerAddress();
        if (mac == null) {
          throw new ConfigRefusal(at + "/link-layer-address", "a neighbor needs its address");
        }
        neighbours.add(
            new InterfaceConfig.StaticNeighbour(
                IpAddress.ofIpv4(ConfiguredText.ipv4Address(each.ip().value(), at + "/ip")),
                ConfiguredText.mac(mac.value(), at)));
      }
    }
    return new InterfaceConfig(
        configured.name(),
        loopback,
        subInterface ? VlanReading.of(configured) : null,
        !Boolean.FALSE.equals(configured.enabled()),
        ipv4 == null || !Boolean.FALSE.equals(ipv4.forwarding()),
        sourceCheck(ipv4 == null ? null : ipv4.sourceCheck()),
        ipv4 == null || !Boolean.FALSE.equals(ipv4.redirects()),
        ipv4Enabled ? addresses : List.of(),
        neighbours,
        Ipv6Reading.settings(configured, loopback, owners),
        Ipv6Reading.neighbours(configured));
  }

  static SourceCheck sourceCheck(
      io.vireo.records.router.vireoforwarding.@Nullable SourceCheck configured) {
    return configured == null ? SourceCheck.NONE : SourceCheck.valueOf(configured.name());
  }

  private static InterfaceAddress addressOf(
      Ipv4.Address configured, String path, String name, Map<IpAddress, String> owners)
      throws ConfigRefusal {
    String at = path + "/address[ip='" + configured.ip() + "']";
    int address = ConfiguredText.ipv4Address(configured.ip().value(), at + "/ip");
    Integer length =
        configured.subnet() instanceof Ipv4.Address.SubnetChoice.PrefixLength prefix
            ? prefix.prefixLength()
            : null;
    if (length == null) {
      throw new ConfigRefusal(
          at, "address " + configured.ip() + " has no prefix-length; add one, as in 24");
    }
    if (Ipv4Address.isMartianSource(address)) {
      throw new ConfigRefusal(at, configured.ip() + " cannot be the address of an interface");
    }
    InterfaceAddress own = new InterfaceAddress(address, length);
    boolean hasBroadcast = length <= 30; // RFC 3021: not so in a /31
    boolean network = address == own.subnet().address();
    boolean broadcast = address == (own.subnet().address() | ~Ipv4Address.mask(length));
    if (hasBroadcast && (network || broadcast)) {
      throw new ConfigRefusal(
          at, configured.ip() + "/" + length + " names the subnet itself; choose a host in it");
    }
    String other = owners.putIfAbsent(IpAddress.ofIpv4(address), name);
    if (other != null) {
      throw new ConfigRefusal(at, configured.ip() + " is already on interface " + other);
    }
    return own;
  }
}
