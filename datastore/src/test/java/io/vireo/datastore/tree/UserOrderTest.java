package io.vireo.datastore.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.schema.SchemaDataException;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import io.vireo.schema.xml.XmlTreeWriter;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// RFC 7950 §7.7.9 and §7.8.6: `insert`, `key` and `value`, from XML to the order of the entries.
class UserOrderTest {
  private static final SchemaTree SCHEMA = SchemaTree.of(TestTrees.CONTEXTS.load("rules"));
  private static final XmlTreeReader READER = XmlTreeReader.ofRouter("r", SCHEMA);
  private static final Pattern NUMBERS = Pattern.compile("<number>(\\d)</number>");
  private static final Pattern CIPHERS = Pattern.compile("<cipher>(\\w)</cipher>");

  private ContainerNode tree = TreeSchema.EMPTY;

  private void edit(String xml) throws Exception {
    XMLStreamReader in =
        SafeXml.reader(
            new StringReader(
                "<config xmlns:yang='urn:ietf:params:xml:ns:yang:1'"
                    + " xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'"
                    + " xmlns:t='urn:vireo:test:rules'><device xmlns='urn:vireo:test:rules'>"
                    + xml
                    + "</device></config>"));
    in.nextTag();
    List<TreeEdit> edits = READER.readEdits(in, DocumentOperation.MERGE);
    TreeEditor editor = new TreeEditor(new TreeSchema(SCHEMA), TreeId.DEVICE, tree);
    for (TreeEdit edit : edits) {
      editor.apply(edit.operation());
    }
    tree = editor.finish().root();
  }

  private static String rule(int number, String attributes) {
    return "<rule " + attributes + "><group>g</group><number>" + number + "</number></rule>";
  }

  private static String cipher(String name, String attributes) {
    return "<secure><mode>m</mode><cipher " + attributes + ">" + name + "</cipher></secure>";
  }

  private String order(Pattern pattern) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XMLStreamWriter out = SafeXml.writer(bytes);
    out.writeStartElement("config");
    XmlTreeWriter.ofRouter(SCHEMA).write(out, tree);
    out.writeEndElement();
    out.close();
    StringBuilder order = new StringBuilder();
    pattern
        .matcher(bytes.toString(StandardCharsets.UTF_8))
        .results()
        .forEach(found -> order.append(found.group(1)));
    return order.toString();
  }

  @Test
  void insert_entries_standWhereTheyAreTold() throws Exception {
    edit(rule(1, "") + rule(2, ""));
    edit(rule(3, "yang:insert='first'"));
    assertEquals("312", order(NUMBERS));
    edit(rule(4, "yang:insert='after' yang:key=\"[t:group='g'][t:number='3']\""));
    assertEquals("3412", order(NUMBERS));
    // One that is there moves, in a merge and in a replace.
    edit(rule(2, "yang:insert='before' yang:key=\"[t:group='g'][t:number='4']\""));
    assertEquals("3241", order(NUMBERS));
    edit(rule(3, "nc:operation='replace' yang:insert='last'"));
    assertEquals("2413", order(NUMBERS));
    // Without an attribute it stays.
    edit(rule(4, "nc:operation='replace'"));
    assertEquals("2413", order(NUMBERS));
    // Beside itself it stays, too.
    edit(rule(4, "yang:insert='after' yang:key=\"[t:group='g'][t:number='4']\""));
    assertEquals("2413", order(NUMBERS));
  }

  @Test
  void insert_leafListEntries_standWhereTheyAreTold() throws Exception {
    edit(cipher("a", ""));
    edit(cipher("b", "yang:insert='first'"));
    assertEquals("ba", order(CIPHERS));
    edit(cipher("c", "nc:operation='create' yang:insert='before' yang:value='a'"));
    assertEquals("bca", order(CIPHERS));
    edit(cipher("b", "yang:insert='after' yang:value='c'"));
    assertEquals("cba", order(CIPHERS));
  }

  @Test
  void insert_besideWhatIsNotThere_isMissingInstance() throws Exception {
    edit(rule(1, ""));
    ManagementException refusal =
        assertThrows(
            ManagementException.class,
            () -> edit(rule(2, "yang:insert='after' yang:key=\"[t:group='g'][t:number='4']\"")));
    ManagementError error = refusal.errors().getFirst();
    // RFC 7950 §15.7.
    assertEquals(ErrorTag.BAD_ATTRIBUTE, error.tag());
    assertEquals("missing-instance", error.appTag());
    assertEquals("1", order(NUMBERS));
  }

  @Test
  void insert_wronglyWritten_isRefused() {
    for (String wrong :
        List.of(
            rule(1, "yang:insert='somewhere'"),
            rule(1, "yang:insert='before'"),
            rule(1, "yang:insert='first' yang:key=\"[t:group='g'][t:number='4']\""),
            rule(1, "yang:insert='after' yang:key=\"[t:group='g']\""),
            rule(1, "yang:insert='after' yang:key=\"nonsense\""),
            rule(1, "yang:insert='after' yang:value='1'"),
            rule(1, "nc:operation='delete' yang:insert='first'"),
            "<port yang:insert='first'><name>p</name></port>")) {
      assertThrows(SchemaDataException.class, () -> edit(wrong), wrong);
    }
  }
}
