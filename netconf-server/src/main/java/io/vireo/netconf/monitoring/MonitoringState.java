package io.vireo.netconf.monitoring;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.LockInfo;
import io.vireo.datastore.api.Management;
import io.vireo.datastore.api.PartialLock;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.api.StateSource;
import io.vireo.netconf.xml.InstancePath;
import io.vireo.netconf.xml.TreePages;
import io.vireo.schema.SchemaDataException;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.type.XPathText;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// `/netconf-state` (RFC 6022) and `/modules-state` (RFC 7895). What never changes is made once;
/// sessions, locks and counters at each read.
public final class MonitoringState implements StateSource {
  private final Management management;
  private final XmlTreeReader reader;
  private final SessionCounters counters;
  private final boolean startup;
  private final Instant started = Instant.now();
  private final ContainerNode modules;
  private final ServedModules served;
  private final ContentId contentId;

  /// Of the server as a whole.
  public MonitoringState(Management management, ServedModules modules, XmlTreeReader reader) {
    this(management, modules, reader, new SessionCounters(), management.hasStartup());
  }

  private MonitoringState(
      Management management,
      ServedModules modules,
      XmlTreeReader reader,
      SessionCounters counters,
      boolean startup) {
    this.management = management;
    this.reader = reader;
    this.counters = counters;
    this.startup = startup;
    served = modules;
    contentId = new ContentId(modules.libraryName());
    this.modules = parse(new LibraryDocument(modules).toString());
  }

  /// Of sessions that are told of themselves alone.
  ///
  /// @param counters the server's
  public static MonitoringState ofOneSession(
      Management management,
      ServedModules modules,
      XmlTreeReader reader,
      SessionCounters counters) {
    return new MonitoringState(management, modules, reader, counters, false);
  }

  /// What never changes.
  public ContainerNode modules() {
    return modules;
  }

  public SessionCounters counters() {
    return counters;
  }

  /// What the hello says of the yang-library.
  public ContentId contentId() {
    return contentId;
  }

  @Override
  public Set<QName> nodes() {
    return modules.body().stream()
        .map(NormalizedNode::name)
        .map(name -> name.getNodeType())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public ContainerNode read() {
    return read(session -> true, true);
  }

  /// What one session is told of itself.
  public ContainerNode read(int sessionId) {
    return read(session -> session.id() == sessionId, false);
  }

  private ContainerNode read(Predicate<SessionInfo> told, boolean locks) {
    StateDocument document = new StateDocument();
    document.open("netconf-state", StateDocument.MONITORING).open("capabilities");
    served
        .capabilities(contentId.known(), startup)
        .forEach(text -> document.leaf("capability", text));
    document.close("capabilities");
    datastores(document, locks);
    sessions(document, told);
    statistics(document);
    document.close("netconf-state");
    return TreePages.container(modules, parse(document.toString()));
  }

  /// Whether there is a startup datastore.
  public boolean hasStartup() {
    return startup;
  }

  private void datastores(StateDocument document, boolean locks) {
    document.open("datastores");
    for (Datastore datastore : Datastore.values()) {
      // RFC 6022 §2.1.2: those of RFC 6241.
      if (!datastore.isWritable() || (datastore == Datastore.STARTUP && !startup)) {
        continue;
      }
      document.open("datastore").leaf("name", datastore.yangName());
      if (locks) {
        locks(document, datastore);
      }
      document.close("datastore");
    }
    document.close("datastores");
  }

  // A datastore is locked as a whole or in parts; of running only the latter (RFC 5717 §2.1).
  private void locks(StateDocument document, Datastore datastore) {
    for (LockInfo lock : management.locks()) {
      if (lock.datastore() == datastore) {
        document
            .open("locks")
            .open("global-lock")
            .leaf("locked-by-session", Integer.toString(lock.session()))
            .leaf("locked-time", time(lock.lockedTime()))
            .close("global-lock")
            .close("locks");
        return;
      }
    }
    List<PartialLock> parts = management.partialLocks();
    if (datastore != Datastore.RUNNING || parts.isEmpty()) {
      return;
    }
    document.open("locks");
    for (PartialLock lock : parts) {
      document
          .open("partial-lock")
          .leaf("lock-id", Integer.toString(lock.id()))
          .leaf("locked-by-session", Integer.toString(lock.session()))
          .leaf("locked-time", time(lock.lockedTime()));
      lock.select().forEach(text -> expression(document, text));
      Set<InstancePath> nodes = new LinkedHashSet<>();
      for (PartialLock.Node node : lock.nodes()) {
        InstancePath path = located(node);
        if (path != null) {
          nodes.add(path);
        }
      }
      nodes.forEach(path -> document.leaf("locked-node", path.text(), path.prefixes()));
      document.close("partial-lock");
    }
    document.close("locks");
  }

  /// An instance-identifier does not reach across the mount point: of a router it is that.
  ///
  /// @return null: everything, for which there is none
  private @Nullable InstancePath located(PartialLock.Node node) {
    return node.tree() instanceof TreeId.Router
        ? InstancePath.of(management.schema(), node.tree(), null)
        : InstancePath.of(management.schema(), TreeId.DEVICE, node.path());
  }

  private void expression(StateDocument document, String text) {
    Map<String, String> namespaces = new TreeMap<>();
    for (String module : XPathText.prefixes(text)) {
      for (EffectiveModelContext context :
          List.of(management.schema().device(), management.schema().router())) {
        context
            .findModules(module)
            .forEach(found -> namespaces.putIfAbsent(module, found.getNamespace().toString()));
      }
    }
    document.leaf("select", text, namespaces);
  }

  private void sessions(StateDocument document, Predicate<SessionInfo> told) {
    document.open("sessions");
    for (SessionInfo session : management.sessions()) {
      if (!told.test(session) || session.caller().door() != Caller.Door.NETCONF) {
        continue; // RFC 6022 §2.1.3: other kinds are an augmentation's
      }
      document
          .open("session")
          .leaf("session-id", Integer.toString(session.id()))
          .leaf("transport", "netconf-ssh")
          .leaf("username", session.caller().user())
          .leaf("source-host", host(session.caller().remote()))
          .leaf("login-time", time(session.loginTime()))
          .close("session");
    }
    document.close("sessions");
  }

  private void statistics(StateDocument document) {
    document
        .open("statistics")
        .leaf("netconf-start-time", time(started))
        .counter("in-bad-hellos", counters.inBadHellos())
        .counter("in-sessions", counters.inSessions())
        .counter("dropped-sessions", counters.droppedSessions())
        .counter("in-rpcs", counters.inRpcs())
        .counter("in-bad-rpcs", counters.inBadRpcs())
        .counter("out-rpc-errors", counters.outRpcErrors())
        .counter("out-notifications", 0)
        .close("statistics");
  }

  private static String host(String remote) {
    int port = remote.lastIndexOf(':');
    String host = port < 0 ? remote : remote.substring(0, port);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private ContainerNode parse(String contents) {
    byte[] document = ("<data>" + contents + "</data>").getBytes(StandardCharsets.UTF_8);
    try {
      XMLStreamReader xml = SafeXml.utf8Reader(new ByteArrayInputStream(document));
      xml.nextTag();
      return reader.readDocument(xml, false).device();
    } catch (XMLStreamException | SchemaDataException e) {
      throw new IllegalStateException("the server's own state doesn't fit its schema", e);
    }
  }
}
