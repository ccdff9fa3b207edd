package io.vireo.schema.random;

import io.vireo.schema.SchemaContext;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.sid.SidFile;
import io.vireo.schema.sid.SidItem;
import io.vireo.schema.sid.SidNamespace;
import io.vireo.schema.sid.SidRegistry;
import java.util.ArrayList;
import java.util.List;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.NotificationDefinition;

/// Contexts for tests, numbered on the spot where a test must not depend on the committed numbers.
public final class TestSchemas {
  private static final long FIRST_SID = 60_000;

  private TestSchemas() {}

  /// The context of that name, all its nodes and identities numbered from 60000 in schema order.
  public static SchemaTree numbered(String contextName) {
    SchemaContext context = SchemaContexts.ofClassPath().load(contextName);
    SchemaTree bare = SchemaTree.of(context, SidRegistry.of(List.of()));
    List<SidItem> items = new ArrayList<>();
    addBelow(items, bare.root());
    for (SchemaTree.Operation operation : bare.operations()) {
      String path = operation.input().schemaPath().replace("/input", "");
      add(items, SidNamespace.DATA, path);
      addBelow(items, operation.input());
      addBelow(items, operation.output());
    }
    for (NotificationDefinition notification : context.model().getNotifications()) {
      SchemaNode node = bare.lookupNotification(notification.getQName());
      if (node != null) {
        add(items, SidNamespace.DATA, node.schemaPath());
        addBelow(items, node);
      }
    }
    List<SidFile> files = new ArrayList<>();
    files.add(new SidFile("test", "", items));
    for (QName identity : bare.identities()) {
      long sid = FIRST_SID + items.size() + files.size();
      String module = bare.moduleName(identity.getModule());
      files.add(
          new SidFile(
              module,
              "",
              List.of(new SidItem(module, SidNamespace.IDENTITY, identity.getLocalName(), sid))));
    }
    return SchemaTree.of(context, SidRegistry.of(files));
  }

  private static void addBelow(List<SidItem> items, SchemaNode node) {
    for (SchemaNode child : node.children()) {
      add(items, SidNamespace.DATA, child.schemaPath());
      addBelow(items, child);
    }
  }

  private static void add(List<SidItem> items, SidNamespace namespace, String identifier) {
    items.add(new SidItem("test", namespace, identifier, FIRST_SID + items.size()));
  }
}
