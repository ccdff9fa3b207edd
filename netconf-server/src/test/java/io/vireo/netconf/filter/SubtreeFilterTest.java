package io.vireo.netconf.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.ctc.wstx.stax.WstxInputFactory;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.SchemaContexts;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// The examples of RFC 6241 §6.4, in their own shapes, and a virtual router behind its mount point.
class SubtreeFilterTest {
  private static final String TOP = "http://example.com/schema/1.2/config";
  private static final String LNE = "urn:ietf:params:xml:ns:yang:ietf-logical-network-element";

  // What is served has no part in what a filter selects of given trees.
  private static final EffectiveModelContext SERVED =
      SchemaContexts.ofClassPath().load("router").model();

  private static QName qname(String namespace, String name) {
    return QName.create(namespace, name);
  }

  private static LeafNode<?> leaf(String name, Object value) {
    return ImmutableNodes.leafNode(qname(TOP, name), value);
  }

  private static ContainerNode container(QName name, DataContainerChild... children) {
    return ImmutableNodes.newContainerBuilder()
        .withNodeIdentifier(NodeIdentifier.create(name))
        .withValue(List.of(children))
        .build();
  }

  private static MapEntryNode entry(QName list, DataContainerChild... children) {
    LeafNode<?> key = (LeafNode<?>) children[0];
    return ImmutableNodes.newMapEntryBuilder()
        .withNodeIdentifier(
            NodeIdentifierWithPredicates.of(list, Map.of(key.name().getNodeType(), key.body())))
        .withValue(List.of(children))
        .build();
  }

  private static MapNode list(QName name, MapEntryNode... entries) {
    return ImmutableNodes.newSystemMapBuilder()
        .withNodeIdentifier(NodeIdentifier.create(name))
        .withValue(List.of(entries))
        .build();
  }

  private static MapEntryNode user(String name, String type, String fullName, int dept, int id) {
    return entry(
        qname(TOP, "user"),
        leaf("name", name),
        leaf("type", type),
        leaf("full-name", fullName),
        container(qname(TOP, "company-info"), leaf("dept", dept), leaf("id", id)));
  }

  private static MapEntryNode element(String name) {
    return entry(
        qname(LNE, "logical-network-element"), ImmutableNodes.leafNode(qname(LNE, "name"), name));
  }

  private static final Trees TREES =
      new Trees(
          container(
              qname("urn:root", "data"),
              container(
                  qname(TOP, "top"),
                  container(
                      qname(TOP, "users"),
                      list(
                          qname(TOP, "user"),
                          user("root", "superuser", "Charlie Root", 1, 1),
                          user("fred", "admin", "Fred Flintstone", 2, 2),
                          user("barney", "admin", "Barney Rubble", 2, 3))),
                  leaf("kind", qname(TOP, "fast"))),
              container(
                  qname(LNE, "logical-network-elements"),
                  list(qname(LNE, "logical-network-element"), element("blue"), element("red")))),
          Map.of(
              "blue",
              container(
                  qname("urn:root", "data"),
                  container(qname(TOP, "top"), leaf("where", "blue")),
                  container(qname(TOP, "other"), leaf("where", "blue"))),
              "red",
              container(
                  qname("urn:root", "data"), container(qname(TOP, "top"), leaf("where", "red")))));

  private static final String ROOT =
      "user[company-info{dept=1 id=1} full-name=Charlie Root name=root type=superuser]";
  private static final String FRED =
      "user[company-info{dept=2 id=2} full-name=Fred Flintstone name=fred type=admin]";
  private static final String BARNEY =
      "user[company-info{dept=2 id=3} full-name=Barney Rubble name=barney type=admin]";

  /// §6.4.x or what it is about, the filter, what is selected.
  private record Case(String name, String filter, String expected) {}

  private static String top(String contents) {
    return "<top xmlns='" + TOP + "'>" + contents + "</top>";
  }

  private static String elements(String contents) {
    return "<logical-network-elements xmlns='"
        + LNE
        + "'>"
        + contents
        + "</logical-network-elements>";
  }

  private static final List<Case> CASES =
      List.of(
          new Case("6.4.2 empty filter", "", ""),
          new Case(
              "6.4.3 select the entire subtree",
              top("<users/>"),
              "top{users{" + ROOT + " " + FRED + " " + BARNEY + "}}"),
          new Case(
              "6.4.3 containment of a selection",
              top("<users><user/></users>"),
              "top{users{" + ROOT + " " + FRED + " " + BARNEY + "}}"),
          new Case(
              "6.4.4 all names",
              top("<users><user><name/></user></users>"),
              "top{users{user[name=barney] user[name=fred] user[name=root]}}"),
          new Case(
              "6.4.5 one entry",
              top("<users><user><name>fred</name></user></users>"),
              "top{users{" + FRED + "}}"),
          new Case(
              "6.4.6 some leafs of one entry",
              top("<users><user><name>fred</name><type/><full-name/></user></users>"),
              "top{users{user[full-name=Fred Flintstone name=fred type=admin]}}"),
          new Case(
              "6.4.7 several subtrees are a union",
              top(
                  "<users><user><name>root</name><company-info/></user>"
                      + "<user><name>fred</name><company-info><id/></company-info></user>"
                      + "<user><name>barney</name><type>superuser</type>"
                      + "<company-info><dept/></company-info></user></users>"),
              "top{users{user[company-info{dept=1 id=1} name=root]"
                  + " user[company-info{id=2} name=fred]}}"),
          new Case(
              "6.2.5 white space around the content",
              top("<users><user><name>\n  fred </name></user></users>"),
              "top{users{" + FRED + "}}"),
          new Case(
              "6.2.5 content of a leaf that is no key",
              top("<users><user><type>admin</type></user></users>"),
              "top{users{" + FRED + " " + BARNEY + "}}"),
          new Case(
              "6.2.5 no entry matches", top("<users><user><name>nobody</name></user></users>"), ""),
          new Case(
              "6.2.5 an identity in the filter's own prefix",
              "<t:top xmlns:t='" + TOP + "'><t:kind xmlns:x='" + TOP + "'>x:fast</t:kind></t:top>",
              "top{kind=fast users{" + ROOT + " " + FRED + " " + BARNEY + "}}"),
          new Case(
              "6.2.1 namespace wildcard",
              "<top xmlns=''><users><user><name>fred</name></user></users></top>",
              "top{users{" + FRED + "}}"),
          new Case("6.2.1 unknown namespace", "<top xmlns='urn:unknown'/>", ""),
          new Case("6.2.2 attribute that data has not", top("<users a='b'/>"), ""),
          new Case("6.2.3 containment of nothing", top("<users><group/></users>"), ""),
          new Case("6.2.5 content of a container", top("<users>fred</users>"), ""),
          new Case(
              "mount, all",
              elements(""),
              "logical-network-elements{logical-network-element[name=blue]"
                  + " logical-network-element[name=red]}"
                  + " blue:other{where=blue} top{where=blue} red:top{where=red}"),
          new Case(
              "mount, one router",
              elements("<logical-network-element><name>red</name></logical-network-element>"),
              "logical-network-elements{logical-network-element[name=red]} red:top{where=red}"),
          new Case(
              "mount, below one root",
              elements(
                  "<logical-network-element><name>blue</name><root>"
                      + top("<where/>")
                      + "</root></logical-network-element>"),
              "logical-network-elements{logical-network-element[name=blue]} blue:top{where=blue}"),
          new Case(
              "mount, content below any root",
              elements(
                  "<logical-network-element><root>"
                      + top("<where>red</where>")
                      + "</root></logical-network-element>"),
              "logical-network-elements{logical-network-element[name=red]} red:top{where=red}"),
          new Case(
              "mount, names only",
              elements("<logical-network-element><name/></logical-network-element>"),
              "logical-network-elements{logical-network-element[name=blue]"
                  + " logical-network-element[name=red]}"));

  @TestFactory
  Stream<DynamicTest> filter_applied_selects() {
    return CASES.stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.name(), () -> assertEquals(c.expected(), print(apply(c.filter())))));
  }

  @Test
  void deepFilter_read_isRefused() {
    String deep = "<a>".repeat(65) + "</a>".repeat(65);
    assertThrows(FilterTooLargeException.class, () -> read(deep));
  }

  private static Trees apply(String filter) throws XMLStreamException, FilterTooLargeException {
    return new SubtreeFilter(read(filter), SERVED, SERVED).apply(TREES, Depth.UNBOUNDED);
  }

  private static List<FilterNode> read(String contents)
      throws XMLStreamException, FilterTooLargeException {
    XMLStreamReader xml =
        new WstxInputFactory()
            .createXMLStreamReader(new StringReader("<filter>" + contents + "</filter>"));
    xml.nextTag();
    return FilterReader.read(xml);
  }

  private static String print(Trees trees) {
    String routers =
        trees.routers().entrySet().stream()
            .map(router -> " " + router.getKey() + ":" + children(router.getValue()))
            .collect(Collectors.joining());
    return children(trees.device()) + routers;
  }

  private static String children(DataContainerNode node) {
    return node.body().stream()
        .map(SubtreeFilterTest::print)
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String print(NormalizedNode node) {
    String name = node.name().getNodeType().getLocalName();
    return switch (node) {
      case LeafNode<?> leaf ->
          name
              + "="
              + (leaf.body() instanceof QName identity ? identity.getLocalName() : leaf.body());
      case MapNode list ->
          list.body().stream()
              .map(SubtreeFilterTest::print)
              .sorted()
              .collect(Collectors.joining(" "));
      case MapEntryNode entry -> name + "[" + children(entry) + "]";
      case DataContainerNode inner -> name + "{" + children(inner) + "}";
      default -> throw new AssertionError(node);
    };
  }
}
