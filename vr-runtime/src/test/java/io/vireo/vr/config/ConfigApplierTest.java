package io.vireo.vr.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.forward.Lab;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.rib.NextHop;
import io.vireo.vr.rib.Rib;
import io.vireo.vr.rib.Route;
import io.vireo.vr.rib.RouteSource;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A configuration comes into force while links go and come.
class ConfigApplierTest {
  private final List<String> heard = new ArrayList<>();
  private Lab lab;
  private ConfigApplier applier;

  @BeforeEach
  void build() throws Exception {
    lab = new Lab();
    applier =
        new ConfigApplier(
            lab.dataPlane,
            lab.rib,
            Rib.ipv6(lab.dataPlane.interfaces(), lab.dataPlane.ipv6Fib(), lab.dataPlane.groups()),
            (changed, up) -> heard.add(changed.name() + " " + up));
    applier.apply(config("203.0.113.0/24"), lab.nowNs);
    applier.checkLinks(lab.nowNs);
    heard.clear();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static RouterConfig config(String prefix) {
    return RouterConfig.ofIpv4(
        List.of(
            InterfaceConfig.ofIpv4("r1", List.of(new InterfaceAddress(Lab.R1, 24)), List.of()),
            InterfaceConfig.ofIpv4("r2", List.of(new InterfaceAddress(Lab.R2, 24)), List.of())),
        List.of(
            Route.of(
                Ipv4Prefix.of(prefix),
                RouteSource.STATIC,
                new NextHop.Via(IpAddress.ofIpv4(Lab.H2), null))));
  }

  private Adjacency.Kind kind(int address) {
    int group = lab.dataPlane.fib().lookup(address);
    return lab.dataPlane.groups().members(group).getFirst().adjacency().kind();
  }

  /// Whoever sees first that a link is gone, routes follow.
  @Test
  void linkGoneUnseen_anotherRouteIsConfigured_allFollow() {
    assertEquals(Adjacency.Kind.CONNECTED, kind(Lab.H2));
    lab.h2.setLinkUp(false);
    applier.apply(config("198.51.100.0/24"), lab.nowNs);
    assertEquals(List.of("r2 false"), heard);
    assertEquals(Adjacency.Kind.NO_ROUTE, kind(Lab.H2));
    lab.h2.setLinkUp(true);
    applier.apply(config("203.0.113.0/24"), lab.nowNs);
    assertEquals(Adjacency.Kind.CONNECTED, kind(Lab.H2));
  }

  @Test
  void bothLinksGo_bothAreHeardOf_once() {
    lab.h1.setLinkUp(false);
    lab.h2.setLinkUp(false);
    applier.checkLinks(lab.nowNs);
    applier.checkLinks(lab.nowNs);
    assertEquals(List.of("r1 false", "r2 false"), heard);
    assertEquals(Adjacency.Kind.NO_ROUTE, kind(Lab.H1));
    assertEquals(Adjacency.Kind.NO_ROUTE, kind(Lab.H2));
  }
}
