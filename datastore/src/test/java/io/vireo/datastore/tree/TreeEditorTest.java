package io.vireo.datastore.tree;

import static io.vireo.datastore.TestTrees.ETHERNET;
import static io.vireo.datastore.TestTrees.INTERFACE;
import static io.vireo.datastore.TestTrees.INTERFACES;
import static io.vireo.datastore.TestTrees.interfacePath;
import static io.vireo.datastore.TestTrees.interfaceXml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementException;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.EditOperation.Create;
import io.vireo.schema.edit.EditOperation.Delete;
import io.vireo.schema.edit.EditOperation.Merge;
import io.vireo.schema.edit.EditOperation.Remove;
import io.vireo.schema.edit.EditOperation.Replace;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class TreeEditorTest {
  private static final TreeId BLUE = new TreeId.Router("blue");
  private static final QName DESCRIPTION = QName.create(INTERFACES, "description");
  private static final QName SOCKETS =
      QName.create("urn:vireo:yang:vireo-sockets", "2026-11-23", "sockets");
  private static final QName RULE = QName.create(SOCKETS, "rule");
  private static final YangInstanceIdentifier A = interfacePath("a");
  private static final YangInstanceIdentifier A_DESCRIPTION = A.node(DESCRIPTION);

  private static final String WITH_A =
      interfaceXml("a", ETHERNET + "<if:description>old</if:description>");
  private static final String RULE_FOR_USER = rule("<vsock:user>ann</vsock:user>");
  private static final String RULE_FOR_GROUP = rule("<vsock:group>staff</vsock:group>");

  private static String rule(String who) {
    return "<vsock:sockets><vsock:access><vsock:rule><vsock:name>r</vsock:name>"
        + who
        + "<vsock:action>permit</vsock:action></vsock:rule></vsock:access></vsock:sockets>";
  }

  private static ContainerNode edit(String before, EditOperation... operations)
      throws ManagementException {
    TreeEditor editor = new TreeEditor(TestTrees.SCHEMAS.router(), BLUE, TestTrees.router(before));
    for (EditOperation operation : operations) {
      editor.apply(operation);
    }
    return editor.finish().root();
  }

  private static void assertRefused(ErrorTag tag, String before, EditOperation... operations) {
    ManagementException refusal =
        assertThrows(ManagementException.class, () -> edit(before, operations));
    assertEquals(tag, refusal.errors().getFirst().tag(), refusal.getMessage());
    assertFalse(refusal.toString().contains("org.opendaylight"), refusal.toString());
  }

  private static EditOperation mergeRoot(String xml) {
    return new Merge(YangInstanceIdentifier.of(), TestTrees.router(xml));
  }

  @Test
  void merge_newAndPresent_unites() throws ManagementException {
    ContainerNode after = edit(WITH_A, mergeRoot(interfaceXml("b", ETHERNET)));
    assertTrue(TestTrees.find(after, A_DESCRIPTION).isPresent());
    assertTrue(TestTrees.find(after, interfacePath("b")).isPresent());
  }

  @Test
  void merge_leaf_takesTheNewValue() throws ManagementException {
    ContainerNode after =
        edit(WITH_A, mergeRoot(interfaceXml("a", "<if:description>new</if:description>")));
    assertEquals("new", TestTrees.at(after, A_DESCRIPTION).body());
    assertEquals(edit(WITH_A.replace("old", "new")), after);
  }

  @Test
  void merge_otherCase_replacesTheCase() throws ManagementException {
    assertEquals(TestTrees.router(RULE_FOR_GROUP), edit(RULE_FOR_USER, mergeRoot(RULE_FOR_GROUP)));
  }

  @Test
  void merge_leafOfOtherCaseByPath_replacesTheCase() throws ManagementException {
    // The path leaves out the list's and the choice's own steps, as a door may.
    YangInstanceIdentifier group =
        YangInstanceIdentifier.of(SOCKETS, QName.create(SOCKETS, "access"))
            .node(NodeIdentifierWithPredicates.of(RULE, QName.create(SOCKETS, "name"), "r"))
            .node(QName.create(SOCKETS, "group"));
    ContainerNode given = TestTrees.router(RULE_FOR_GROUP);
    YangInstanceIdentifier full = TestTrees.SCHEMAS.router().require(BLUE, group).path();
    for (EditOperation operation :
        List.of(
            new Merge(group, TestTrees.at(given, full)),
            new Replace(group, TestTrees.at(given, full)),
            new Create(group, TestTrees.at(given, full)))) {
      assertEquals(given, edit(RULE_FOR_USER, operation));
    }
    assertEquals("/sockets/access/rule[name='r']/group", TestTrees.SCHEMAS.router().text(full));
  }

  @Test
  void replace_entry_dropsWhatIsNotGiven() throws ManagementException {
    String bare = interfaceXml("a", ETHERNET);
    ContainerNode after = edit(WITH_A, new Replace(A, TestTrees.at(TestTrees.router(bare), A)));
    assertEquals(TestTrees.router(bare), after);
  }

  @Test
  void create_missing_creates() throws ManagementException {
    ContainerNode given = TestTrees.router(WITH_A);
    assertEquals(given, edit("", new Create(A, TestTrees.at(given, A))));
  }

  @Test
  void create_present_isDataExists() {
    ContainerNode given = TestTrees.router(WITH_A);
    assertRefused(ErrorTag.DATA_EXISTS, WITH_A, new Create(A, TestTrees.at(given, A)));
    assertRefused(
        ErrorTag.DATA_EXISTS,
        WITH_A,
        new Create(A_DESCRIPTION, TestTrees.at(given, A_DESCRIPTION)));
  }

  @Test
  void create_afterDeleteInOneRequest_creates() throws ManagementException {
    ContainerNode given = TestTrees.router(interfaceXml("a", ETHERNET));
    assertEquals(given, edit(WITH_A, new Delete(A), new Create(A, TestTrees.at(given, A))));
  }

  @Test
  void create_twiceInOneRequest_isDataExists() {
    ContainerNode given = TestTrees.router(WITH_A);
    assertRefused(
        ErrorTag.DATA_EXISTS,
        "",
        new Create(A, TestTrees.at(given, A)),
        new Create(A, TestTrees.at(given, A)));
  }

  @Test
  void delete_present_deletes() throws ManagementException {
    assertEquals(
        TestTrees.router(interfaceXml("a", ETHERNET)), edit(WITH_A, new Delete(A_DESCRIPTION)));
  }

  @Test
  void delete_lastEntry_leavesTheEmptyTree() throws ManagementException {
    assertEquals(TreeSchema.EMPTY, edit(WITH_A, new Delete(A)));
  }

  @Test
  void delete_missing_isDataMissing() {
    assertRefused(ErrorTag.DATA_MISSING, "", new Delete(A));
    assertRefused(ErrorTag.DATA_MISSING, interfaceXml("a", ETHERNET), new Delete(A_DESCRIPTION));
    assertRefused(ErrorTag.DATA_MISSING, WITH_A, new Delete(A), new Delete(A));
    // A container without presence that is empty does not exist.
    assertRefused(ErrorTag.DATA_MISSING, "", new Delete(YangInstanceIdentifier.of(INTERFACES)));
  }

  @Test
  void delete_key_isBadElement() {
    assertRefused(ErrorTag.BAD_ELEMENT, WITH_A, new Delete(A.node(TestTrees.NAME)));
  }

  @Test
  void remove_missing_isNothing() throws ManagementException {
    assertEquals(TestTrees.router(WITH_A), edit(WITH_A, new Remove(interfacePath("b"))));
  }

  @Test
  void remove_root_empties() throws ManagementException {
    assertEquals(TreeSchema.EMPTY, edit(WITH_A, new Remove(YangInstanceIdentifier.of())));
  }

  @Test
  void edit_belowMissingEntry_isDataMissing() {
    ContainerNode given = TestTrees.router(WITH_A);
    assertRefused(
        ErrorTag.DATA_MISSING, "", new Merge(A_DESCRIPTION, TestTrees.at(given, A_DESCRIPTION)));
  }

  @Test
  void edit_unknownNode_isUnknownElement() {
    assertRefused(
        ErrorTag.UNKNOWN_ELEMENT, WITH_A, new Delete(A.node(QName.create(INTERFACES, "colour"))));
  }

  @Test
  void edit_state_isInvalidValue() {
    ContainerNode state =
        TestTrees.router(interfaceXml("a", "<if:oper-status>up</if:oper-status>"));
    YangInstanceIdentifier path = A.node(QName.create(INTERFACES, "oper-status"));
    assertRefused(ErrorTag.INVALID_VALUE, WITH_A, new Merge(path, TestTrees.at(state, path)));
    assertRefused(ErrorTag.INVALID_VALUE, WITH_A, new Merge(YangInstanceIdentifier.of(), state));
  }

  @Test
  void edit_otherNodesData_isBadElement() {
    ContainerNode given = TestTrees.router(WITH_A);
    assertRefused(ErrorTag.BAD_ELEMENT, WITH_A, new Replace(A, TestTrees.at(given, A_DESCRIPTION)));
  }

  @Test
  void edit_nothing_keepsTheRootItself() throws ManagementException {
    ContainerNode before = TestTrees.router(WITH_A);
    TreeEditor editor = new TreeEditor(TestTrees.SCHEMAS.router(), BLUE, before);
    editor.apply(new Remove(interfacePath("b")));
    TreeEditor.Edited after = editor.finish();
    assertSame(before, after.root());
    assertEquals(List.of(), List.copyOf(after.touched()));
  }

  @Test
  void edit_emptyContainer_isAsIfNotGiven() throws ManagementException {
    assertEquals(TestTrees.router(WITH_A), edit(WITH_A, mergeRoot("<rt:routing></rt:routing>")));
  }

  @Test
  void edit_wholeList_deletesAllEntries() throws ManagementException {
    assertEquals(
        TreeSchema.EMPTY,
        edit(WITH_A, new Delete(YangInstanceIdentifier.of(INTERFACES, INTERFACE))));
  }
}
