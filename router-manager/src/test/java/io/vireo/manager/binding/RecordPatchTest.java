package io.vireo.manager.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreePatch;
import io.vireo.records.router.RouterRoot;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.cbor.TreeCborReader;
import io.vireo.schema.cbor.TreeCborWriter;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.random.RandomTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import io.vireo.vr.config.ConfigRefusal;
import io.vireo.vr.config.RouterConfig;
import io.vireo.vr.rib.Route;
import io.vireo.vr.wire.Ipv4Prefix;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.cbor.RecordEdit;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A router that is sent patches has what it would have been sent whole.
class RecordPatchTest {
  private static final SchemaTree ROUTER =
      SchemaTree.of(SchemaContexts.ofClassPath().load(SchemaContexts.ROUTER));
  private static final int TREES = 400;

  @Test
  void patches_ofRandomChanges_leadToTheSameRecords() throws Exception {
    long seed = Long.getLong("vireo.seed", 20261126L);
    ContainerNode before = RandomTree.config(ROUTER.root(), seed);
    RouterRoot root = read(before);
    int patched = 0;
    for (int i = 1; i < TREES; i++) {
      ContainerNode after = RandomTree.config(ROUTER.root(), seed + i);
      byte[] patch = patch(before, after);
      root = RecordEdit.apply(root, patch, RouterRoot::read, RouterRoot::patched);

      assertEquals(after, written(root), "-Dvireo.seed=" + seed + ", tree " + i);
      before = after;
      patched += patch.length;
    }
    assertEquals(true, patched > TREES * 10);
  }

  @Test
  void patches_damaged_areRefusedOrReadAndNothingElse() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < TREES; i++) {
      RouterRoot root = read(RandomTree.config(ROUTER.root(), i));
      byte[] patch =
          patch(RandomTree.config(ROUTER.root(), i), RandomTree.config(ROUTER.root(), i + 1));
      for (int j = 0; j < 20; j++) {
        patch[random.nextInt(patch.length)] ^= (byte) (1 << random.nextInt(8));
        try {
          RecordEdit.apply(root, patch, RouterRoot::read, RouterRoot::patched);
        } catch (CborException e) {
          // As it should be.
        }
      }
    }
  }

  @Test
  void patch_ofAnEntryThatIsNotThere_refused() throws Exception {
    // [[[61058, 3, 1, [2, "x"], 3], "text"]]: the description of a protocol that does not exist
    CborWriter patch = new CborWriter();
    patch.startArray(1);
    patch.startArray(2);
    patch.startArray(5);
    patch.writeLong(61058);
    patch.writeLong(3);
    patch.writeLong(1);
    patch.startArray(4);
    patch.writeLong(1);
    patch.writeTag(CborWriter.TAG_IDENTITYREF);
    patch.writeText("ietf-routing:static");
    patch.writeLong(2);
    patch.writeText("x");
    patch.writeLong(3);
    patch.writeText("text");

    assertThrows(
        CborException.class,
        () ->
            RecordEdit.apply(
                RouterConfig.nothing(),
                patch.toByteArray(),
                RouterRoot::read,
                RouterRoot::patched));
  }

  // What the router makes of a patched configuration is what it makes of the whole.
  @Test
  void config_madeFromWhatDiffers_isThatOfTheWhole() throws Exception {
    long seed = Long.getLong("vireo.seed", 20261126L);
    RouterRoot root = RouterConfig.nothing();
    RouterConfig config = RouterConfig.EMPTY;
    ContainerNode before = written(root);
    int accepted = 0;
    for (int i = 0; i < TREES * 5; i++) {
      ContainerNode after = randomRouter(new Random(seed + i));
      RouterRoot next =
          RecordEdit.apply(root, patch(before, after), RouterRoot::read, RouterRoot::patched);
      RouterConfig whole = null;
      RouterConfig fromDifference = null;
      String refusal = "";
      String other = "";
      try {
        whole = RouterConfig.of(read(after));
      } catch (ConfigRefusal e) {
        refusal = "refused";
      }
      try {
        fromDifference = RouterConfig.of(next, root, config);
      } catch (ConfigRefusal e) {
        other = "refused";
      }
      String context = "-Dvireo.seed=" + seed + ", tree " + i;
      assertEquals(refusal, other, context);
      if (whole == null || fromDifference == null) {
        continue;
      }
      assertEquals(whole.interfaces(), fromDifference.interfaces(), context);
      assertEquals(whole.ipv4Routes().size(), fromDifference.ipv4Routes().size(), context);
      assertEquals(routes(whole), routes(fromDifference), context);
      accepted++;
      root = next;
      config = fromDifference;
      before = after;
    }
    assertEquals(true, accepted > TREES, accepted + " accepted");
  }

  private static Set<Route<Ipv4Prefix>> routes(RouterConfig config) {
    return Set.copyOf(config.ipv4Routes().since(RouterConfig.EMPTY.ipv4Routes()).come());
  }

  // Some interfaces, and routes of two instances that may meet.
  private static ContainerNode randomRouter(Random random) throws Exception {
    StringBuilder xml = new StringBuilder("<config>");
    xml.append("<interfaces xmlns=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\">");
    for (int i = 0; i < random.nextInt(3); i++) {
      xml.append("<interface><name>eth").append(i).append("</name>");
      xml.append("<type xmlns:t=\"urn:ietf:params:xml:ns:yang:iana-if-type\">");
      xml.append("t:ethernetCsmacd</type></interface>");
    }
    xml.append("</interfaces><routing xmlns=\"urn:ietf:params:xml:ns:yang:ietf-routing\">");
    xml.append("<control-plane-protocols>");
    for (String name : List.of("a", "b")) {
      xml.append("<control-plane-protocol><type>static</type><name>").append(name);
      xml.append("</name><static-routes>");
      xml.append("<ipv4 xmlns=\"urn:ietf:params:xml:ns:yang:ietf-ipv4-unicast-routing\">");
      for (int i = 0; i < 40; i++) {
        // Rarely both have one.
        if (random.nextInt(4) == 0
            && (i % 2 == 0) == (name.equals("a") || random.nextInt(99) == 0)) {
          xml.append("<route><destination-prefix>10.").append(i).append(".0.0/16");
          xml.append("</destination-prefix><next-hop><next-hop-address>192.0.2.");
          xml.append(1 + random.nextInt(3)).append("</next-hop-address></next-hop></route>");
        }
      }
      xml.append("</ipv4></static-routes></control-plane-protocol>");
    }
    xml.append("</control-plane-protocols></routing></config>");
    XMLStreamReader in =
        SafeXml.reader(new ByteArrayInputStream(xml.toString().getBytes(StandardCharsets.UTF_8)));
    in.nextTag();
    return XmlTreeReader.ofRouter("r", ROUTER).readDocument(in, true).device();
  }

  private static byte[] patch(ContainerNode before, ContainerNode after) {
    List<Change> changes =
        TreeDifference.between(before, after, Set.of(YangInstanceIdentifier.of()));
    return TreePatch.of(ROUTER, changes, after);
  }

  private static RouterRoot read(ContainerNode tree) throws CborException {
    return RouterRoot.read(new CborReader(new TreeCborWriter(ROUTER).treeBytes(tree)));
  }

  private static ContainerNode written(RouterRoot root) throws Exception {
    CborWriter out = new CborWriter();
    root.write(out);
    return new TreeCborReader(ROUTER).readTree(out.toByteArray());
  }
}
