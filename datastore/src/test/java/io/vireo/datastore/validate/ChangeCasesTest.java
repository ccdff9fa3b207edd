package io.vireo.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.CandidateEditor;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Changes that validation once judged wrongly, each on the least schema that shows it
/// (`vireo-test-cases`); and what a look at the whole says of the same.
class ChangeCasesTest {
  private static final SchemaTree SCHEMA = SchemaTree.of(TestTrees.CONTEXTS.load("cases"));
  private static final TreeSchemas SCHEMAS = TreeSchemas.of(SCHEMA, SCHEMA);
  private static final Validation VALIDATION = new Validation(SCHEMAS);
  private static final Trees NOTHING = new Trees(TreeSchema.EMPTY, Map.of());

  private static List<TreeEdit> edits(String container, String xml) throws Exception {
    XMLStreamReader in =
        SafeXml.reader(
            new StringReader(
                "<config xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'><"
                    + container
                    + " xmlns='urn:vireo:test:cases'>"
                    // `-name` in the table deletes.
                    + xml.replaceAll("<-(\\w+)", "<$1 nc:operation='delete'")
                    + "</"
                    + container
                    + "></config>"));
    in.nextTag();
    return XmlTreeReader.ofDevice(SCHEMA, SCHEMA).readEdits(in, DocumentOperation.MERGE);
  }

  private static Candidate edited(Candidate candidate, String container, String xml)
      throws Exception {
    return CandidateEditor.edit(SCHEMAS, candidate, edits(container, xml));
  }

  /// @param expected valid, or the errors' tag
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pair | <if><name>a</name><ip>1</ip></if><if><name>b</name></if><rule><id>r</id><ifname>a</ifname><ip>1</ip></rule> | <rule><id>r</id><ifname>b</ifname></rule> | data-missing
          pair | <if><name>a</name><ip>1</ip></if><rule><id>r</id><ifname>a</ifname><ip>1</ip></rule> | <rule><id>r</id><-ifname/></rule> | data-missing
          pair | <if><name>a</name><addr><ip>1</ip><enabled>true</enabled></addr></if><if><name>b</name><addr><ip>1</ip><enabled>false</enabled></addr></if><rule><id>r</id><ifname>a</ifname><ip2>1</ip2></rule> | <rule><id>r</id><ifname>b</ifname></rule> | operation-failed
          defaulted | <r>5</r> | <t>6</t> | data-missing
          defaulted | <t>6</t><r>6</r> | <-t/> | data-missing
          wither | <mode>fast</mode><speed>250</speed> | <mode>off</mode> | valid
          wither | <mode>fast</mode> | <mode>off</mode><speed>2</speed> | unknown-element
          chosen | <m>q</m> | <y>1</y> | operation-failed
          chosen | <m>q</m> | <z>1</z> | valid
          octets | <fp>AAEC</fp> | <use>AAEC</use> | valid
          octets | <fp>AAEC</fp> | <use>AAED</use> | data-missing
          octets | <u><k>1</k><b>AA==</b></u> | <u><k>2</k><b>AA==</b></u> | operation-failed
          target | <medium>copper</medium> | <extra>1</extra> | valid
          target | <medium>air</medium> | <extra>1</extra> | unknown-element
          fallback | <limit>5</limit> | <limit>1</limit> | operation-failed
          fallback | <limit>1</limit><z>1</z> | <-z/> | operation-failed
          counted | <a>1</a> | <b>1</b> | valid
          sibling | <b>1</b><a>1</a> | <-b/> | data-missing
          nested | <tag><id>1</id><tag>z</tag></tag> | <tag><id>1</id><tag>y</tag></tag> | valid
          nested | <tag><id>1</id><tag>z</tag></tag> | <tag><id>1</id><tag>x</tag></tag> | operation-failed
          """)
  void check_change_isJudgedAsTheWholeIs(
      String container, String before, String change, String expected) throws Exception {
    Trees running = edited(Candidate.of(NOTHING), container, before).trees();
    assertEquals(List.of(), VALIDATION.check(running));
    Validation.Result result =
        VALIDATION.check(running, edited(Candidate.of(running), container, change));
    assertEquals(expected, tag(result.errors()), result.errors().toString());
    assertEquals(expected, tag(VALIDATION.check(result.candidate().trees())));
  }

  private static String tag(List<ManagementError> errors) {
    return errors.isEmpty() ? "valid" : errors.getFirst().tag().text();
  }

  @Test
  void check_targetGoesWithAnother_takesNoTruthOfTheTreeBefore() throws Exception {
    Trees running =
        edited(
                Candidate.of(NOTHING),
                "stale",
                "<mode>fast</mode><l><k>a</k></l><l><k>b</k><x>1</x></l>")
            .trees();
    Candidate candidate =
        edited(Candidate.of(running), "stale", "<mode>slow</mode><-l><k>a</k></l>");
    Validation.Result result = VALIDATION.check(running, candidate);
    assertEquals(List.of(), result.errors());
    assertEquals(List.of(), VALIDATION.check(result.candidate().trees()));
  }

  @Test
  void check_entryDeletedAndMadeAgain_standsLast() throws Exception {
    Trees running =
        edited(Candidate.of(NOTHING), "ordered", "<e><k>a</k></e><e><k>b</k></e>").trees();
    Candidate candidate = edited(Candidate.of(running), "ordered", "<-e><k>a</k></e>");
    candidate = edited(candidate, "ordered", "<e><k>a</k></e>");
    Validation.Result result = VALIDATION.check(running, candidate);
    assertEquals("operation-failed", tag(result.errors()));
    assertEquals(1, result.changes().size());
  }
}
