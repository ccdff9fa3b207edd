package io.vireo.vr.config;

import io.vireo.records.router.ietfinterfaces.Interfaces;
import io.vireo.records.router.ietfinterfaces.Interfaces.Interface.Vlan;
import io.vireo.vr.forward.VlanTags;
import io.vireo.vr.wire.VlanTag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `vireo-vlan` of an interface, taken out of its record and checked.
final class VlanReading {
  private VlanReading() {}

  private static String path(String name) {
    return "/ietf-interfaces:interfaces/interface[name='" + name + "']/vireo-vlan:vlan";
  }

  static InterfaceConfig.Vlan of(Interfaces.Interface configured) throws ConfigRefusal {
    Vlan vlan = configured.vlan();
    var outer = vlan == null ? null : vlan.outerId();
    if (vlan == null || outer == null) {
      throw new ConfigRefusal(
          path(configured.name()),
          "sub-interface " + configured.name() + " has no VLAN; set outer-id");
    }
    String parent = vlan.parentInterface();
    int dot = configured.name().lastIndexOf('.');
    if (parent == null && dot <= 0) {
      throw new ConfigRefusal(
          path(configured.name()) + "/parent-interface",
          "the name '"
              + configured.name()
              + "' says no parent, as in eth0.100; set parent-interface");
    }
    var inner = vlan.innerId();
    boolean service = vlan.outerType() == Vlan.OuterType.S_VLAN;
    VlanTags tags =
        new VlanTags(
            service ? VlanTag.TYPE_S_VLAN : VlanTag.TYPE_C_VLAN,
            outer.value(),
            inner == null ? 0 : inner.value());
    return new InterfaceConfig.Vlan(
        parent == null ? configured.name().substring(0, dot) : parent, tags);
  }

  /// Parents are there and carry frames; no two have the same tags on one.
  static void check(List<InterfaceConfig> interfaces) throws ConfigRefusal {
    Map<String, InterfaceConfig> byName = new HashMap<>();
    interfaces.forEach(each -> byName.put(each.name(), each));
    Map<InterfaceConfig.Vlan, String> owners = new HashMap<>();
    for (InterfaceConfig each : interfaces) {
      InterfaceConfig.Vlan vlan = each.vlan();
      if (vlan == null) {
        continue;
      }
      InterfaceConfig parent = byName.get(vlan.parent());
      if (parent == null) {
        throw new ConfigRefusal(
            path(each.name()), "there is no interface '" + vlan.parent() + "' to be its parent");
      }
      if (parent.loopback() || parent.vlan() != null) {
        throw new ConfigRefusal(
            path(each.name()), "interface '" + vlan.parent() + "' carries no tagged frames");
      }
      String other = owners.putIfAbsent(vlan, each.name());
      if (other != null) {
        throw new ConfigRefusal(
            path(each.name()),
            vlan.tags() + " on " + vlan.parent() + " is already interface " + other + "'s");
      }
    }
  }
}
