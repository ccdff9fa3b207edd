package io.vireo.vr.config;

import io.vireo.vr.config.InterfaceConfig.StaticNeighbour;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.InterfaceTable;
import io.vireo.vr.forward.Ipv6Settings;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.vr.wire.Ipv6Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Brings a checked configuration into force, on the worker. Only what differs is touched.
public final class ConfigApplier {
  private final DataPlane dataPlane;
  private final Rib<Ipv4Prefix> rib;
  private final Rib<Ipv6Prefix> ipv6Rib;
  private final DataPlane.LinkListener watcher;
  private RouterConfig current = RouterConfig.EMPTY;

  /// @param watcher hears of every change of oper-status, whoever caused it
  public ConfigApplier(
      DataPlane dataPlane,
      Rib<Ipv4Prefix> rib,
      Rib<Ipv6Prefix> ipv6Rib,
      DataPlane.LinkListener watcher) {
    this.dataPlane = dataPlane;
    this.rib = rib;
    this.ipv6Rib = ipv6Rib;
    this.watcher = watcher;
  }

  /// Cannot fail.
  public void apply(RouterConfig wanted, long nowNs) {
    Map<String, InterfaceConfig> before = new HashMap<>();
    current.interfaces().forEach(each -> before.put(each.name(), each));
    releaseTags(before, wanted);
    for (InterfaceConfig each : wanted.interfaces()) {
      InterfaceConfig old = before.remove(each.name());
      if (!each.equals(old)) {
        change(each, old, nowNs);
      }
    }
    before.values().forEach(gone -> remove(gone, nowNs));
    boolean interfacesDiffer = !wanted.interfaces().equals(current.interfaces());
    var ipv4 = wanted.ipv4Routes().since(current.ipv4Routes());
    rib.changeStaticRoutes(ipv4.gone(), ipv4.come());
    var ipv6 = wanted.ipv6Routes().since(current.ipv6Routes());
    ipv6Rib.changeStaticRoutes(ipv6.gone(), ipv6.come());
    dataPlane.policers().configure(wanted.policers());
    current = wanted;
    if (!checkLinks(nowNs) && interfacesDiffer) {
      recompute();
    }
  }

  /// Looks for interfaces that came up or went down: routes follow, once for all of them, and
  /// neighbours hear of our addresses.
  ///
  /// @return whether there were any
  public boolean checkLinks(long nowNs) {
    List<RouterInterface> changed = new ArrayList<>();
    dataPlane.checkLinks(nowNs, (each, up) -> changed.add(each));
    if (changed.isEmpty()) {
      return false;
    }
    recompute();
    for (RouterInterface each : changed) {
      if (each.operUp()) {
        announce(each, List.of());
      }
      watcher.onOperStatus(each, each.operUp());
    }
    return true;
  }

  // Tags that go, or go over to another, are nobody's before they are somebody's.
  private void releaseTags(Map<String, InterfaceConfig> before, RouterConfig wanted) {
    Map<String, InterfaceConfig> after = new HashMap<>();
    wanted.interfaces().forEach(each -> after.put(each.name(), each));
    for (InterfaceConfig old : before.values()) {
      InterfaceConfig now = after.get(old.name());
      RouterInterface known = dataPlane.interfaces().lookup(old.name());
      if (known != null && (now == null || !Objects.equals(now.vlan(), old.vlan()))) {
        known.setVlan(null, null);
      }
    }
  }

  private void recompute() {
    rib.recompute();
    ipv6Rib.recompute();
  }

  private void change(InterfaceConfig wanted, @Nullable InterfaceConfig old, long nowNs) {
    InterfaceTable interfaces = dataPlane.interfaces();
    RouterInterface known = interfaces.lookup(wanted.name());
    if (known != null && known.isLoopback() != wanted.loopback() && known.port() == null) {
      interfaces.remove(wanted.name());
    }
    RouterInterface target = interfaces.require(wanted.name(), wanted.loopback());
    List<InterfaceAddress> had = target.addresses();
    InterfaceConfig.Vlan vlan = wanted.vlan();
    if (vlan != null && target.tags() == null) {
      target.setVlan(interfaces.require(vlan.parent(), false), vlan.tags());
    }
    target.setAdminUp(wanted.enabled());
    target.setForwarding(wanted.forwarding());
    target.setSourceCheck(wanted.sourceCheck());
    target.setRedirects(wanted.redirects());
    target.setAddresses(wanted.addresses());
    dataPlane.configureIpv4(target, nowNs);
    dataPlane.configureIpv6(target, wanted.ipv6(), nowNs);
    if (old != null) {
      removeNeighbours(target, old);
    }
    install(dataPlane.neighbours(), target, wanted.neighbours());
    install(dataPlane.ipv6Neighbours(), target, wanted.ipv6Neighbours());
    announce(target, had);
  }

  private void remove(InterfaceConfig gone, long nowNs) {
    RouterInterface target = dataPlane.interfaces().lookup(gone.name());
    if (target == null) {
      return;
    }
    removeNeighbours(target, gone);
    target.setAddresses(List.of());
    dataPlane.configureIpv4(target, nowNs);
    dataPlane.configureIpv6(target, Ipv6Settings.OFF, nowNs);
    dataPlane.neighbours().flush(target.index());
    dataPlane.ipv6Neighbours().flush(target.index());
    if (target.port() == null) {
      dataPlane.interfaces().remove(gone.name());
    }
  }

  private static void install(
      NeighbourTable into, RouterInterface on, List<StaticNeighbour> wanted) {
    for (StaticNeighbour each : wanted) {
      into.installStatic(on.index(), each.address().high(), each.address().low(), each.mac());
    }
  }

  private void removeNeighbours(RouterInterface on, InterfaceConfig old) {
    for (StaticNeighbour each : old.neighbours()) {
      dataPlane.neighbours().remove(on.index(), each.address().high(), each.address().low());
    }
    for (StaticNeighbour each : old.ipv6Neighbours()) {
      dataPlane.ipv6Neighbours().remove(on.index(), each.address().high(), each.address().low());
    }
  }

  private void announce(RouterInterface on, List<InterfaceAddress> alreadyKnown) {
    for (InterfaceAddress own : on.addresses()) {
      if (!alreadyKnown.contains(own)) {
        dataPlane.announce(on, own.address());
      }
    }
  }
}
