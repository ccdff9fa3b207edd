package io.vireo.vr.config;

import io.vireo.records.router.RouterRoot;
import io.vireo.records.router.ianaiftype.IanaIfTypeIdentity;
import io.vireo.records.router.ietfinterfaces.Interfaces;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Ipv4;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Prefix;
import io.vireo.wire.Identity;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A whole configuration, checked: what [ConfigApplier] applies without fail.
///
/// @param staticRoutes the configured routes by destination
public record RouterConfig(List<InterfaceConfig> interfaces, StaticRoutes staticRoutes) {
  private static final byte[] EMPTY_TREE = {(byte) 0xa0};

  public static final RouterConfig EMPTY = new RouterConfig(List.of(), StaticRoutes.NONE);

  public RouterConfig {
    interfaces = List.copyOf(interfaces);
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
    Map<Integer, String> owners = new HashMap<>();
    Interfaces configured = root.interfaces();
    if (configured != null) {
      for (Interfaces.Interface each : configured.interface_()) {
        interfaces.add(interfaceOf(each, owners));
      }
    }
    return new RouterConfig(
        interfaces, StaticRoutes.of(root.routing(), before.routing(), known.staticRoutes()));
  }

  private static InterfaceConfig interfaceOf(
      Interfaces.Interface configured, Map<Integer, String> owners) throws ConfigRefusal {
    String path =
        "/ietf-interfaces:interfaces/interface[name='" + configured.name() + "']/ietf-ip:ipv4";
    Identity type = configured.type();
    boolean loopback = type != null && type.sid() == IanaIfTypeIdentity.SOFTWARE_LOOPBACK.sid();
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
                parse(each.ip().value(), at + "/ip"), mac(mac.value(), at)));
      }
    }
    return new InterfaceConfig(
        configured.name(),
        loopback,
        !Boolean.FALSE.equals(configured.enabled()),
        ipv4 == null || !Boolean.FALSE.equals(ipv4.forwarding()),
        ipv4Enabled ? addresses : List.of(),
        neighbours);
  }

  private static InterfaceAddress addressOf(
      Ipv4.Address configured, String path, String name, Map<Integer, String> owners)
      throws ConfigRefusal {
    String at = path + "/address[ip='" + configured.ip() + "']";
    int address = parse(configured.ip().value(), at + "/ip");
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
    String other = owners.putIfAbsent(address, name);
    if (other != null) {
      throw new ConfigRefusal(at, configured.ip() + " is already on interface " + other);
    }
    return own;
  }

  static int parse(String text, String path) throws ConfigRefusal {
    return Ipv4Address.parse(text)
        .orElseThrow(() -> new ConfigRefusal(path, "'" + text + "' is no IPv4 address"));
  }

  static Prefix prefix(String text, String path) throws ConfigRefusal {
    try {
      int length = Integer.parseInt(text.substring(text.indexOf('/') + 1));
      int address = Ipv4Address.of(text.substring(0, text.indexOf('/')));
      return Prefix.containing(address, length);
    } catch (IllegalArgumentException malformed) {
      throw new ConfigRefusal(path, "'" + text + "' is no prefix; write a.b.c.d/n");
    }
  }

  private static long mac(String text, String path) throws ConfigRefusal {
    @Nullable Long value =
        text.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")
            ? Long.valueOf(text.replace(":", ""), 16)
            : null;
    if (value == null || EthernetHeader.isGroup(value)) {
      throw new ConfigRefusal(path, "'" + text + "' is no address of one Ethernet station");
    }
    return value;
  }
}
