package io.vireo.schema.xml;

import static io.vireo.schema.xml.XmlCases.IF;
import static io.vireo.schema.xml.XmlCases.READER;
import static io.vireo.schema.xml.XmlCases.config;
import static io.vireo.schema.xml.XmlCases.interfaces;
import static io.vireo.schema.xml.XmlCases.router;
import static io.vireo.schema.xml.XmlCases.routers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.schema.SchemaDataException;
import io.vireo.schema.SchemaDataException.Tag;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class XmlEditsTest {
  private static final TreeId BLUE = new TreeId.Router("blue");

  private static List<String> edits(String content, DocumentOperation defaultOperation)
      throws Exception {
    return READER.readEdits(config(content), defaultOperation).stream()
        .map(XmlEditsTest::describe)
        .toList();
  }

  /// Tree, operation and last step of the path.
  private static String describe(TreeEdit edit) {
    var last = edit.operation().path().getLastPathArgument();
    return edit.tree()
        + " "
        + edit.operation().getClass().getSimpleName()
        + " "
        + (last == null ? "/" : last.getNodeType().getLocalName());
  }

  @Test
  void plainPayload_merge_oneEditForEachTree() throws Exception {
    String content =
        routers("", router("blue", "", "<root>" + interfaces("", "192.0.2.1") + "</root>"));

    assertEquals(
        List.of("device Merge logical-network-elements", "virtual router blue Merge interfaces"),
        edits(content, DocumentOperation.MERGE));
  }

  @Test
  void markedAsDefault_planned_isRemoved_whereItIsTheDefault() throws Exception {
    String content =
        "<interfaces xmlns='%s'><interface><name>eth0</name>".formatted(IF)
            + "<enabled xmlns:wd='urn:ietf:params:xml:ns:netconf:default:1.0' wd:default='true'>"
            + "true</enabled></interface></interfaces>";

    assertEquals(
        List.of("device Merge interfaces", "device Remove enabled"),
        edits(content, DocumentOperation.MERGE));
    assertEquals(List.of(), edits(content, DocumentOperation.NONE));
    assertEquals(
        List.of("device Delete enabled"),
        edits(
            content.replace(
                " wd:default='true'>true</enabled>", " wd:default='true' nc:operation='delete'/>"),
            DocumentOperation.NONE));
    assertTrue(READER.readDocument(config(content), true).device().toString().contains("eth0"));
    assertFalse(READER.readDocument(config(content), true).device().toString().contains("enabled"));
    SchemaDataException refused =
        assertThrows(
            SchemaDataException.class,
            () -> edits(content.replace(">true<", ">false<"), DocumentOperation.MERGE));
    assertEquals(Tag.INVALID_VALUE, refused.tag());
  }

  @Test
  void deleteInsideMerge_planned_followsAsEditOfItsOwn() throws Exception {
    String content =
        "<interfaces xmlns='%s'><interface><name>eth0</name>".formatted(IF)
            + "<description nc:operation='delete'/><mtu xmlns='urn:none'/></interface></interfaces>";
    String good = content.replace("<mtu xmlns='urn:none'/>", "<enabled>false</enabled>");

    assertThrows(
        SchemaDataException.class,
        () -> READER.readEdits(config(content), DocumentOperation.MERGE));
    assertEquals(
        List.of("device Merge interfaces", "device Delete description"),
        edits(good, DocumentOperation.MERGE));
  }

  @Test
  void replaceOfRouter_planned_isHandedDownToItsTree() throws Exception {
    String content =
        routers(
            "",
            router(
                "blue",
                "nc:operation='replace'",
                "<root>" + interfaces("", "192.0.2.1") + "</root>"));
    List<TreeEdit> edits = READER.readEdits(config(content), DocumentOperation.NONE);

    assertEquals(2, edits.size());
    assertEquals("device Replace logical-network-element", describe(edits.get(0)));
    assertEquals(BLUE, edits.get(1).tree());
    var replace = assertInstanceOf(EditOperation.Replace.class, edits.get(1).operation());
    assertTrue(replace.path().isEmpty());
    assertEquals(1, ((ContainerNode) replace.data()).size());
  }

  @Test
  void replaceAboveRouters_withoutRoot_emptiesTheirTrees() throws Exception {
    String content = routers("nc:operation='replace'", router("blue", "", ""));
    List<TreeEdit> edits = READER.readEdits(config(content), DocumentOperation.MERGE);

    assertEquals("device Replace logical-network-elements", describe(edits.get(0)));
    assertEquals("virtual router blue Replace /", describe(edits.get(1)));
    var replace = assertInstanceOf(EditOperation.Replace.class, edits.get(1).operation());
    assertTrue(((ContainerNode) replace.data()).isEmpty());
  }

  @Test
  void deleteOfRouter_planned_isOneEdit() throws Exception {
    assertEquals(
        List.of("device Delete logical-network-element"),
        edits(
            routers("", router("blue", "nc:operation='delete'", "<root/>")),
            DocumentOperation.NONE));
  }

  @Test
  void createOfRouter_planned_createsWhatIsMountedToo() throws Exception {
    assertEquals(
        List.of("device Create logical-network-element", "virtual router blue Create interfaces"),
        edits(
            routers(
                "",
                router(
                    "blue",
                    "nc:operation='create'",
                    "<root>" + interfaces("", "192.0.2.1") + "</root>")),
            DocumentOperation.NONE));
  }

  @Test
  void removeInsideMountedTree_defaultNone_editsThatTreeOnly() throws Exception {
    assertEquals(
        List.of("virtual router blue Remove interfaces"),
        edits(
            routers(
                "",
                router(
                    "blue",
                    "",
                    "<root><interfaces xmlns='%s' nc:operation='remove'/></root>".formatted(IF))),
            DocumentOperation.NONE));
  }

  @Test
  void deleteOfRoot_planned_emptiesTheTree() throws Exception {
    assertEquals(
        List.of("virtual router blue Replace /"),
        edits(
            routers("", router("blue", "", "<root nc:operation='delete'/>")),
            DocumentOperation.NONE));
  }

  @Test
  void removeInsideReplace_planned_isLeftOutOfContent() throws Exception {
    String content =
        "<interfaces xmlns='%s'><interface nc:operation='replace'><name>eth0</name>".formatted(IF)
            + "<description nc:operation='remove'/>"
            + "<enabled nc:operation='merge'>false</enabled></interface></interfaces>";
    List<TreeEdit> edits = READER.readEdits(config(content), DocumentOperation.NONE);

    assertEquals("device Replace interface", describe(edits.get(0)));
    var replace = (EditOperation.Replace) edits.get(0).operation();
    assertFalse(replace.data().toString().contains("description"));
    assertTrue(replace.data().toString().contains("enabled"));
  }

  @Test
  void wrongOperationOrState_planned_isRefused() {
    SchemaDataException operation =
        assertThrows(
            SchemaDataException.class,
            () ->
                READER.readEdits(
                    config(routers("nc:operation='destroy'", "")), DocumentOperation.MERGE));
    assertEquals(Tag.BAD_ATTRIBUTE, operation.tag());
    assertEquals("destroy", operation.value());

    SchemaDataException state =
        assertThrows(
            SchemaDataException.class,
            () ->
                READER.readEdits(
                    config(
                        routers(
                            "",
                            router(
                                "blue",
                                "",
                                "<process xmlns='urn:vireo:yang:vireo-virtual-router'/>"))),
                    DocumentOperation.MERGE));
    assertEquals(Tag.BAD_ELEMENT, state.tag());
  }
}
