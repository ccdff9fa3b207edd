package io.vireo.datastore.validate;

import static io.vireo.datastore.TestTrees.ETHERNET;
import static io.vireo.datastore.TestTrees.interfaceXml;
import static io.vireo.datastore.TestTrees.routersXml;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.CandidateEditor;
import io.vireo.datastore.tree.RouterEntries;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

class ValidationTest {
  private static final Validation VALIDATION = new Validation(TestTrees.SCHEMAS);
  private static final String PORT =
      "<vport:port><vport:driver>vport:af-packet</vport:driver>%s</vport:port>";

  private static List<String> messages(Trees trees) {
    return VALIDATION.check(trees).stream().map(ManagementError::message).toList();
  }

  private static List<String> device(String xml) {
    return messages(new Trees(TestTrees.device(xml), Map.of()));
  }

  private static List<String> router(String xml) {
    return messages(
        new Trees(TestTrees.device(routersXml("blue")), Map.of("blue", TestTrees.router(xml))));
  }

  private static String port(String name, String settings) {
    return interfaceXml(name, ETHERNET + PORT.formatted(settings));
  }

  private static String routing(String type, String name, String more) {
    return "<rt:routing><rt:control-plane-protocols><rt:control-plane-protocol><rt:type>"
        + type
        + "</rt:type><rt:name>"
        + name
        + "</rt:name>"
        + more
        + "</rt:control-plane-protocol></rt:control-plane-protocols></rt:routing>";
  }

  private static String route(String nextHop) {
    return "<rt:static-routes><v4ur:ipv4><v4ur:route>"
        + "<v4ur:destination-prefix>10.0.0.0/8</v4ur:destination-prefix>"
        + nextHop
        + "</v4ur:route></v4ur:ipv4></rt:static-routes>";
  }

  @Test
  void check_empty_isGood() {
    assertEquals(List.of(), device(""));
  }

  @Test
  void check_portWithoutDriver_needsIt() {
    assertEquals(
        List.of("/interfaces/interface[name='eth0']/port needs 'driver'"),
        device(interfaceXml("eth0", ETHERNET + "<vport:port/>")));
  }

  @Test
  void check_bindToMissingRouter_namesIt() {
    assertEquals(
        List.of(
            "/interfaces/interface[name='eth0']/bind-lne-name names 'blue', but there is no such"
                + " logical-network-element; create it or name another"),
        device(interfaceXml("eth0", ETHERNET + "<lne:bind-lne-name>blue</lne:bind-lne-name>")));
    assertEquals(
        List.of(),
        device(
            interfaceXml("eth0", ETHERNET + "<lne:bind-lne-name>blue</lne:bind-lne-name>")
                + routersXml("blue")));
  }

  @Test
  void check_routerDeletedThatIsNamed_isRefused() throws Exception {
    Candidate before =
        Candidate.of(
            new Trees(
                TestTrees.device(
                    interfaceXml("eth0", ETHERNET + "<lne:bind-lne-name>blue</lne:bind-lne-name>")
                        + routersXml("blue")),
                Map.of("blue", TreeSchema.EMPTY)));
    Candidate after =
        CandidateEditor.edit(
            TestTrees.SCHEMAS,
            before,
            List.of(
                new TreeEdit(TreeId.DEVICE, new EditOperation.Delete(RouterEntries.path("blue")))));
    List<ManagementError> errors = VALIDATION.check(before.trees(), after).errors();
    assertEquals(1, errors.size());
    assertEquals("instance-required", errors.getFirst().appTag());
  }

  @Test
  void check_sharedMemoryNamedLikeAClaimedDevice_isFine() {
    String memif = port("eth0", "").replace("vport:af-packet", "vport:memif");
    String claimed = port("uplink", "<vport:host-interface>eth0</vport:host-interface>");
    assertEquals(
        List.of(), device((memif + claimed).replace("</if:interfaces><if:interfaces>", "")));
  }

  @Test
  void check_twoClaimsOfOneDevice_namesBoth() {
    String claimedTwice =
        port("eth0", "") + port("uplink", "<vport:host-interface>eth0</vport:host-interface>");
    assertEquals(
        List.of(
            "the host device 'eth0' is claimed by two interfaces, 'eth0' and 'uplink'; take it"
                + " from one of them"),
        device(claimedTwice.replace("</if:interfaces><if:interfaces>", "")).stream()
            .map(message -> message.replace("'uplink' and 'eth0'", "'eth0' and 'uplink'"))
            .toList());
  }

  @Test
  void check_staticRoutesOfOtherProtocol_areRefused() {
    String hop =
        "<v4ur:next-hop><v4ur:special-next-hop>blackhole</v4ur:special-next-hop>"
            + "</v4ur:next-hop>";
    assertEquals(List.of(), router(routing("rt:static", "s", route(hop))));
    assertEquals(
        List.of(
            "/routing/control-plane-protocols/control-plane-protocol[type='ietf-routing:direct']"
                + "[name='s']/static-routes has no place here: it is only there when"
                + " 'derived-from-or-self(../type, 'rt:static')'"),
        router(routing("rt:direct", "s", route(hop))));
  }

  @Test
  void check_routeWithoutNextHop_needsOne() {
    List<String> messages = router(routing("rt:static", "s", route("")));
    assertEquals(1, messages.size(), messages.toString());
    assertEquals(true, messages.getFirst().contains("/next-hop needs one of"), messages.getFirst());
  }

  @Test
  void check_routeOutOfMissingInterface_namesIt() {
    String hop =
        "<v4ur:next-hop><v4ur:outgoing-interface>eth9</v4ur:outgoing-interface></v4ur:next-hop>";
    List<String> messages = router(routing("rt:static", "s", route(hop)));
    assertEquals(1, messages.size(), messages.toString());
    assertEquals(
        true,
        messages
            .getFirst()
            .endsWith("names 'eth9', but there is no such interface; create it or name another"),
        messages.getFirst());
    assertEquals(
        List.of(), router(routing("rt:static", "s", route(hop)) + interfaceXml("eth9", ETHERNET)));
  }

  @Test
  void check_ruleForNobody_needsOne() {
    assertEquals(
        List.of("/sockets/access/rule[name='r'] needs one of 'user', 'group'"),
        router(
            "<vsock:sockets><vsock:access><vsock:rule><vsock:name>r</vsock:name>"
                + "<vsock:action>permit</vsock:action></vsock:rule></vsock:access>"
                + "</vsock:sockets>"));
  }

  @Test
  void check_touchedLeafDeleted_looksAtWhatIsAbove() throws Exception {
    Candidate before =
        Candidate.of(
            new Trees(
                TestTrees.device(routersXml("blue")),
                Map.of("blue", TestTrees.router(interfaceXml("eth0", ETHERNET)))));
    YangInstanceIdentifier type =
        TestTrees.interfacePath("eth0")
            .node(
                org.opendaylight.yangtools.yang.common.QName.create(TestTrees.INTERFACES, "type"));
    Candidate after =
        CandidateEditor.edit(
            TestTrees.SCHEMAS,
            before,
            List.of(new TreeEdit(new TreeId.Router("blue"), new EditOperation.Delete(type))));
    assertEquals(
        List.of("/interfaces/interface[name='eth0'] needs 'type'"),
        VALIDATION.check(before.trees(), after).errors().stream()
            .map(ManagementError::message)
            .toList());
  }
}
