package io.vireo.netconf.scope;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.Management;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.engine.YangLibrary;
import io.vireo.netconf.monitoring.MonitoringState;
import io.vireo.netconf.monitoring.ServedModules;
import io.vireo.netconf.monitoring.SessionCounters;
import io.vireo.netconf.operation.DataXml;
import io.vireo.netconf.operation.MountedXml;
import io.vireo.netconf.xml.TreePages;
import io.vireo.schema.DeviceSchema;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.XmlTreeReader;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.SchemaContext;

/// What all sessions on single virtual routers share.
public final class RouterScope {
  static final ContainerNode EMPTY =
      ImmutableNodes.newContainerBuilder()
          .withNodeIdentifier(new NodeIdentifier(SchemaContext.NAME))
          .build();

  private final Management management;
  private final DeviceSchema schema;
  private final ServedModules modules;
  private final MonitoringState monitoring;
  private final DataXml data;
  private final ContainerNode library;
  private final Set<QName> routerNodes;

  /// @param session a virtual router's schema with the modules of NETCONF
  /// @param router the same without
  /// @param counters the server's
  public RouterScope(
      Management management, SchemaTree session, SchemaTree router, SessionCounters counters) {
    this.management = management;
    schema = new DeviceSchema(session.context(), session.context());
    modules = ServedModules.of(session.context());
    XmlTreeReader reader = XmlTreeReader.ofDevice(session, session);
    monitoring = MonitoringState.ofOneSession(management, modules, reader, counters);
    data = new MountedXml(session, session);
    library = new YangLibrary(session.context(), false, false).content();
    Set<QName> ours =
        TreePages.container(library, monitoring.modules()).body().stream()
            .map(node -> node.name().getNodeType())
            .collect(Collectors.toSet());
    routerNodes =
        topLevel(router.context().model()).stream()
            .filter(name -> !ours.contains(name))
            .collect(Collectors.toSet());
  }

  private static Set<QName> topLevel(EffectiveModelContext context) {
    return context.getChildNodes().stream()
        .map(DataSchemaNode::getQName)
        .collect(Collectors.toSet());
  }

  public DeviceSchema schema() {
    return schema;
  }

  public ServedModules modules() {
    return modules;
  }

  public MonitoringState monitoring() {
    return monitoring;
  }

  public DataXml data() {
    return data;
  }

  /// A session whose device is that router.
  ///
  /// @param session on the whole device
  /// @return nothing: there is no such router, or the user may not see it
  public Optional<ManagementSession> open(ManagementSession session, String router)
      throws InterruptedIOException {
    try {
      if (!isThere(session, router)) {
        return Optional.empty();
      }
      session.usePrivateCandidate().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ManagementException) {
        return Optional.empty();
      }
      throw new IllegalStateException("virtual router " + router, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the session ends");
    }
    return Optional.of(
        new RouterSession(
            session,
            router,
            routerNodes,
            () -> TreePages.container(library, monitoring.read(session.id()))));
  }

  private boolean isThere(ManagementSession session, String router)
      throws ExecutionException, InterruptedException {
    QName elements =
        management.schema().device().getChildNodes().stream()
            .map(DataSchemaNode::getQName)
            .filter(name -> name.getLocalName().equals("logical-network-elements"))
            .findFirst()
            .orElseThrow();
    List<Trees> pages = new CopyOnWriteArrayList<>();
    session
        .read(
            Datastore.RUNNING,
            new Selection(Set.of(elements), Set.of(router), Set.of()),
            pages::add)
        .get();
    return pages.stream().anyMatch(page -> page.routers().containsKey(router));
  }

  /// The nodes of a state that are wanted.
  ///
  /// @param wanted null: all
  static ContainerNode selected(ContainerNode content, @Nullable Set<QName> wanted) {
    if (wanted == null) {
      return content;
    }
    return ImmutableNodes.newContainerBuilder()
        .withNodeIdentifier(content.name())
        .withValue(
            content.body().stream()
                .filter(node -> wanted.contains(node.name().getNodeType()))
                .toList())
        .build();
  }

  /// The expression that names a router's entry.
  static String expression(String router) {
    String module = "ietf-logical-network-element:";
    return "/%1$slogical-network-elements/%1$slogical-network-element[%1$sname='%2$s']"
        .formatted(module, router);
  }
}
