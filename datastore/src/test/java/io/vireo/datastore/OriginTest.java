package io.vireo.datastore;

import static io.vireo.datastore.TestDevice.inRouter;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.datastore.api.DataPage;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.DefaultsShown;
import io.vireo.datastore.api.Origin;
import io.vireo.datastore.api.Selection;
import io.vireo.schema.edit.TreeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// RFC 8342 §5.3.4.
class OriginTest {
  private static final String CONFIGURED =
      "<interfaces xmlns=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\"><interface><name>eth0</name>"
          + "<type xmlns:t=\"urn:ietf:params:xml:ns:yang:iana-if-type\">t:ethernetCsmacd</type>"
          + "<description>mine</description></interface></interfaces>";

  // As a router tells it: its configuration again, and what it knows besides.
  private static final ContainerNode STATE =
      TestTrees.router(
          """
          <if:interfaces>
            <if:interface><if:name>eth0</if:name><if:type>ianaift:ethernetCsmacd</if:type>
              <if:enabled>true</if:enabled><if:oper-status>up</if:oper-status>
              <ip:ipv4>
                <ip:neighbor><ip:ip>192.0.2.9</ip:ip>
                  <ip:link-layer-address>02:00:00:00:00:01</ip:link-layer-address>
                  <ip:origin>dynamic</ip:origin></ip:neighbor>
              </ip:ipv4></if:interface>
            <if:interface><if:name>lo0</if:name><if:type>ianaift:softwareLoopback</if:type>
            </if:interface>
          </if:interfaces>
          """);

  @TempDir Path directory;

  @Test
  void operational_everyNodeOfConfiguration_hasItsOrigin() throws Exception {
    try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN)) {
      device.commit(inRouter("blue", CONFIGURED));
      device.routers.routerState =
          (router, pages) -> {
            pages.accept(STATE);
            return CompletableFuture.completedFuture(null);
          };
      List<DataPage> pages = new ArrayList<>();

      device
          .system
          .read(Datastore.OPERATIONAL, Selection.ALL, DefaultsShown.EXPLICIT, pages::add)
          .get();

      Map<String, Optional<Origin>> origins = new TreeMap<>();
      for (DataPage page : pages) {
        ContainerNode blue = page.trees().routers().get("blue");
        if (blue != null) {
          collect(page.origins(), YangInstanceIdentifier.of(), blue, origins);
        }
      }
      Map<String, Optional<Origin>> expected =
          Map.ofEntries(
              Map.entry("/interfaces", Optional.of(Origin.INTENDED)),
              Map.entry("/interfaces/interface[name='eth0']", Optional.of(Origin.INTENDED)),
              Map.entry(
                  "/interfaces/interface[name='eth0']/description", Optional.of(Origin.INTENDED)),
              Map.entry("/interfaces/interface[name='eth0']/enabled", Optional.of(Origin.DEFAULT)),
              Map.entry("/interfaces/interface[name='eth0']/oper-status", Optional.empty()),
              Map.entry("/interfaces/interface[name='eth0']/ipv4", Optional.of(Origin.SYSTEM)),
              Map.entry(
                  "/interfaces/interface[name='eth0']/ipv4/neighbor[ip='192.0.2.9']",
                  Optional.of(Origin.LEARNED)),
              Map.entry(
                  "/interfaces/interface[name='eth0']/ipv4/neighbor[ip='192.0.2.9']"
                      + "/link-layer-address",
                  Optional.of(Origin.LEARNED)),
              Map.entry("/interfaces/interface[name='lo0']", Optional.of(Origin.SYSTEM)));
      expected.forEach((path, origin) -> assertEquals(origin, origins.get(path), path));
    }
  }

  private static void collect(
      DataPage.Origins origins,
      YangInstanceIdentifier path,
      NormalizedNode node,
      Map<String, Optional<Origin>> to) {
    String text = TestTrees.SCHEMAS.router().text(path);
    Optional<Origin> origin = origins.of(new TreeId.Router("blue"), path, node);
    if (origin.isPresent() || !to.containsKey(text)) {
      to.put(text, origin);
    }
    if (node instanceof DistinctNodeContainer<?, ?> inner) {
      for (NormalizedNode child : inner.body()) {
        collect(origins, path.node(Objects.requireNonNull(child.name())), child, to);
      }
    }
  }
}
