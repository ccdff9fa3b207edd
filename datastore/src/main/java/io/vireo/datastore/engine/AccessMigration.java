package io.vireo.datastore.engine;

import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.NodeLookup;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.SchemaDataException;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Before access control, whoever could log in could do everything: its users become
/// administrators.
final class AccessMigration implements Migration {
  private static final String SYSTEM = "urn:vireo:yang:vireo-system";

  @Override
  public String description() {
    return "access control came: all users so far are administrators";
  }

  @Override
  public boolean applies(ModelSet before, Trees stored) {
    return !before.has("device/ietf-netconf-acm");
  }

  @Override
  public List<TreeEdit> edits(TreeSchemas schemas, Trees stored) {
    SchemaNode user = schemas.device().nodes().find(SYSTEM, "system", "authentication", "user");
    if (user == null) {
      return List.of();
    }
    NormalizedNode at = stored.device();
    for (SchemaNode step : List.of(ancestor(user, 2), ancestor(user, 1), user)) {
      at = NodeLookup.child(at, step.identifier());
    }
    if (!(at instanceof MapNode users)) {
      return List.of();
    }
    StringBuilder names = new StringBuilder();
    users
        .body()
        .forEach(entry ->
            names
                .append("<user-name>")
                .append(entry.name().values().iterator().next())
                .append("</user-name>"));
    String document =
        """
        <config>
          <nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm">
            <groups><group><name>admin</name>%s</group></groups>
            <rule-list><name>admin</name><group>admin</group>
              <rule><name>everything</name><action>permit</action></rule>
            </rule-list>
          </nacm>
        </config>
        """
            .formatted(names);
    try {
      XMLStreamReader xml =
          SafeXml.reader(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
      xml.nextTag();
      return XmlTreeReader.ofDevice(schemas.device().nodes(), schemas.router().nodes())
          .readEdits(xml, DocumentOperation.MERGE);
    } catch (XMLStreamException | SchemaDataException e) {
      throw new IllegalStateException("our own document", e);
    }
  }

  private static SchemaNode ancestor(SchemaNode node, int levels) {
    SchemaNode at = node;
    for (int i = 0; i < levels; i++) {
      SchemaNode parent = at.parent();
      if (parent == null) {
        throw new IllegalStateException(node + " stands too high");
      }
      at = parent;
    }
    return at;
  }
}
