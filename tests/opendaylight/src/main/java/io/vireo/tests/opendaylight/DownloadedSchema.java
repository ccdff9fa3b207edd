package io.vireo.tests.opendaylight;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.source.SourceIdentifier;
import org.opendaylight.yangtools.yang.model.api.stmt.FeatureSet;
import org.opendaylight.yangtools.yang.model.spi.source.StringYangTextSource;
import org.opendaylight.yangtools.yang.parser.api.YangParser;
import org.opendaylight.yangtools.yang.parser.api.YangParserFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// The schema of a device as its yang-library lists it (RFC 8525), each module asked for with
/// `get-schema` (RFC 6022), compiled.
final class DownloadedSchema {
  private static final String LIBRARY = "urn:ietf:params:xml:ns:yang:ietf-yang-library";
  private static final String MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring";

  private DownloadedSchema() {}

  /// The schema of the running datastore.
  static EffectiveModelContext of(OpenDaylightClient client) throws Exception {
    Document library =
        client.call(
            "<get><filter type=\"subtree\"><yang-library xmlns=\""
                + LIBRARY
                + "\"/></filter></get>");
    Element top = (Element) library.getElementsByTagNameNS(LIBRARY, "yang-library").item(0);
    String schema =
        children(top, "datastore").stream()
            .filter(each -> text(each, "name").endsWith("running"))
            .map(each -> text(each, "schema"))
            .findFirst()
            .orElseThrow();
    Set<String> sets = new HashSet<>();
    children(top, "schema").stream()
        .filter(each -> text(each, "name").equals(schema))
        .forEach(
            each -> children(each, "module-set").forEach(set -> sets.add(set.getTextContent())));
    YangParser parser =
        ServiceLoader.load(YangParserFactory.class).findFirst().orElseThrow().createParser();
    Set<QName> features = new HashSet<>();
    for (Element set : children(top, "module-set")) {
      if (!sets.contains(text(set, "name"))) {
        continue;
      }
      for (Element module : children(set, "module")) {
        parser.addSource(source(client, module));
        for (Element feature : children(module, "feature")) {
          features.add(
              QName.create(
                  text(module, "namespace"), text(module, "revision"), feature.getTextContent()));
        }
      }
      for (Element module : children(set, "import-only-module")) {
        parser.addLibSource(source(client, module));
      }
    }
    parser.setSupportedFeatures(FeatureSet.of(features));
    return parser.buildEffectiveModel();
  }

  private static StringYangTextSource source(OpenDaylightClient client, Element module)
      throws Exception {
    String name = text(module, "name");
    String revision = text(module, "revision");
    Document reply =
        client.call(
            "<get-schema xmlns=\""
                + MONITORING
                + "\"><identifier>"
                + name
                + "</identifier><version>"
                + revision
                + "</version></get-schema>");
    return new StringYangTextSource(
        new SourceIdentifier(name, revision), reply.getDocumentElement().getTextContent(), name);
  }

  private static List<Element> children(Element parent, String name) {
    Stream<Node> nodes =
        IntStream.range(0, parent.getChildNodes().getLength())
            .mapToObj(parent.getChildNodes()::item);
    List<Element> found = new ArrayList<>();
    nodes.forEach(node -> {
      if (node instanceof Element element && element.getLocalName().equals(name)) {
        found.add(element);
      }
    });
    return found;
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.getFirst().getTextContent();
  }
}
