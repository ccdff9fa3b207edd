package io.vireo.vr.config;

import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.InterfaceTable;
import io.vireo.vr.forward.RouterInterface;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.rib.Rib;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings a checked configuration into force, on the worker. Only what differs is touched.
public final class ConfigApplier {
  private final DataPlane dataPlane;
  private final Rib rib;
  private final DataPlane.LinkListener watcher;
  private RouterConfig current = RouterConfig.EMPTY;

  /// @param watcher hears of every change of oper-status, whoever caused it
  public ConfigApplier(DataPlane dataPlane, Rib rib, DataPlane.LinkListener watcher) {
    this.dataPlane = dataPlane;
    this.rib = rib;
    this.watcher = watcher;
  }

  /// Cannot fail.
  public void apply(RouterConfig wanted, long nowNs) {
    Map<String, InterfaceConfig> before = new HashMap<>();
    current.interfaces().forEach(each -> before.put(each.name(), each));
    for (InterfaceConfig each : wanted.interfaces()) {
      InterfaceConfig old = before.remove(each.name());
      if (!each.equals(old)) {
        change(each, old, nowNs);
      }
    }
    before.values().forEach(this::remove);
    boolean interfacesDiffer = !wanted.interfaces().equals(current.interfaces());
    StaticRoutes.Difference routes = wanted.staticRoutes().since(current.staticRoutes());
    rib.changeStaticRoutes(routes.gone(), routes.come());
    current = wanted;
    dataPlane.checkLinks(
        nowNs,
        (changed, up) -> {
          announce(changed, List.of());
          watcher.onOperStatus(changed, up);
        });
    if (interfacesDiffer) {
      rib.recompute();
    }
  }

  /// An interface came up or went down: routes follow, neighbours hear of our addresses.
  public void onOperStatus(RouterInterface changed, boolean up) {
    rib.recompute();
    if (up) {
      announce(changed, List.of());
    }
    watcher.onOperStatus(changed, up);
  }

  private void change(InterfaceConfig wanted, @Nullable InterfaceConfig old, long nowNs) {
    InterfaceTable interfaces = dataPlane.interfaces();
    RouterInterface known = interfaces.lookup(wanted.name());
    if (known != null && known.isLoopback() != wanted.loopback() && known.port() == null) {
      interfaces.remove(wanted.name());
    }
    RouterInterface target = interfaces.require(wanted.name(), wanted.loopback());
    List<InterfaceAddress> had = target.addresses();
    target.setAdminUp(wanted.enabled());
    target.setForwarding(wanted.forwarding());
    target.setAddresses(wanted.addresses());
    if (old != null) {
      old.neighbours()
          .forEach(each -> dataPlane.neighbours().remove(target.index(), each.address()));
    }
    wanted
        .neighbours()
        .forEach(each ->
            dataPlane
                .neighbours()
                .installStatic(target.index(), each.address(), each.mac(), nowNs));
    announce(target, had);
  }

  private void remove(InterfaceConfig gone) {
    RouterInterface target = dataPlane.interfaces().lookup(gone.name());
    if (target == null) {
      return;
    }
    gone.neighbours()
        .forEach(each -> dataPlane.neighbours().remove(target.index(), each.address()));
    target.setAddresses(List.of());
    dataPlane.neighbours().flush(target.index());
    if (target.port() == null) {
      dataPlane.interfaces().remove(gone.name());
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
