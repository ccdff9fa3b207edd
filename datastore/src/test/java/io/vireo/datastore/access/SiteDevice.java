package io.vireo.datastore.access;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.TestDevice;
import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.store.StorageException;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import io.vireo.schema.xml.XmlTreeWriter;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A device with a module of a site's own, `acme-site`: what the models of Vireo have no node for.
final class SiteDevice implements AutoCloseable {
  private static final String MODULE =
      """
      module acme-site {
        yang-version 1.1; namespace "urn:acme:site"; prefix s;
        import ietf-netconf-acm { prefix nacm; }
        revision 2026-11-27;
        identity room-kind;
        identity cellar { base room-kind; }
        identity attic { base room-kind; }
        container site {
          list room {
            key "kind number";
            leaf kind { type identityref { base room-kind; } }
            leaf number { type uint8; }
            leaf text { type string; }
          }
          list guard { key name; ordered-by user; leaf name { type string; } }
          leaf open { type boolean; }
          leaf visitors { when "../open = 'true'"; type uint16; }
          choice alarm {
            nacm:default-deny-all;
            leaf siren { type string; }
            case lamp { leaf lamp { type string; } }
          }
          choice door {
            case wide { leaf width { type uint16; } }
            case narrow { nacm:default-deny-write; container door { leaf text { type string; } } }
          }
          container log {
            config false;
            list line { leaf who { type string; } leaf what { type string; } }
          }
        }
        list badge { key name; ordered-by user; leaf name { type string; } }
      }
      """;
  static final SchemaTree SCHEMA = load();

  final TestDevice device;

  SiteDevice(Path directory) throws Exception {
    device = new TestDevice(directory, SCHEMA, EngineOptions.PLAIN);
  }

  private static SchemaTree load() {
    try {
      Path models = Files.createTempDirectory("models");
      Path file = Files.writeString(models.resolve("acme-site.yang"), MODULE);
      SchemaTree schema =
          SchemaTree.of(SchemaContexts.of(List.of(models)).load(SchemaContexts.DEVICE));
      Files.delete(file);
      Files.delete(models);
      return schema;
    } catch (Exception e) {
      throw new IllegalStateException("our own module", e);
    }
  }

  /// What stands in `site`.
  static String site(String xml) {
    return "<site xmlns='urn:acme:site'>" + xml + "</site>";
  }

  List<TreeEdit> edits(String... documents) throws Exception {
    List<TreeEdit> edits = new ArrayList<>();
    for (String xml : documents) {
      XMLStreamReader in =
          SafeXml.reader(
              new StringReader(
                  "<config xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'"
                      + " xmlns:yang='urn:ietf:params:xml:ns:yang:1'>"
                      + xml
                      + "</config>"));
      in.nextTag();
      edits.addAll(
          XmlTreeReader.ofDevice(SCHEMA, TestTrees.ROUTER_TREE)
              .readEdits(in, DocumentOperation.MERGE));
    }
    return edits;
  }

  /// Data of the device as a read of state gives it.
  ContainerNode state(String xml) throws Exception {
    XMLStreamReader in = SafeXml.reader(new StringReader("<data>" + xml + "</data>"));
    in.nextTag();
    return XmlTreeReader.ofDevice(SCHEMA, TestTrees.ROUTER_TREE).readDocument(in, false).device();
  }

  void commit(String... documents) throws Exception {
    device.system.edit(Datastore.CANDIDATE, edits(documents)).get();
    device.system.commit(null).get();
  }

  String shown(ManagementSession session, Datastore datastore) throws Exception {
    List<Trees> pages = new ArrayList<>();
    session.read(datastore, Selection.ALL, pages::add).get();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    XMLStreamWriter xml = SafeXml.writer(out);
    xml.writeStartElement("data");
    XmlTreeWriter.ofDevice(SCHEMA, TestTrees.ROUTER_TREE)
        .write(xml, new DeviceAndRouters(pages.getFirst().device(), pages.getFirst().routers()));
    xml.writeEndElement();
    xml.close();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws StorageException {
    device.close();
  }
}
