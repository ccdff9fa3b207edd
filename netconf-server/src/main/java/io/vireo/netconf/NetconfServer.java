package io.vireo.netconf;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Management;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.monitoring.MonitoringState;
import io.vireo.netconf.monitoring.ServedModules;
import io.vireo.netconf.operation.DataXml;
import io.vireo.netconf.operation.MountedXml;
import io.vireo.netconf.operation.UrlFiles;
import io.vireo.netconf.scope.RouterScope;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.XmlTreeReader;
import io.vireo.ssh.SshChannel;
import io.vireo.ssh.SubsystemDoor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The NETCONF door: serves each channel as one session.
public final class NetconfServer implements SubsystemDoor {
  private final Management management;
  private final ServedModules modules;
  private final MonitoringState monitoring;
  private final DataXml data;
  private final SchemaTree router;
  private final Supplier<SchemaTree> routerSession;
  private final @Nullable UrlFiles files;
  // Made when the first session wants it.
  private @Nullable RouterScope scope;

  /// Registers the server's own state with the management API.
  ///
  /// @param device the device's schema, as `management` serves it
  /// @param router the virtual routers' schema
  /// @param routerSession a virtual router's schema with the modules of NETCONF; asked for once,
  ///   when the first session on a virtual router begins
  /// @param urlFolder where the files of the capability `url` are (RFC 6241 §8.8), which the
  ///   device's schema then has as a feature; null: there is none
  public NetconfServer(
      Management management,
      SchemaTree device,
      SchemaTree router,
      Supplier<SchemaTree> routerSession,
      @Nullable Path urlFolder) {
    files = urlFolder == null ? null : new UrlFiles(urlFolder);
    this.management = management;
    this.router = router;
    this.routerSession = routerSession;
    modules = ServedModules.of(device.context(), router.context());
    monitoring = new MonitoringState(management, modules, XmlTreeReader.ofDevice(device, router));
    data = new MountedXml(device, router);
    management.register(monitoring);
  }

  @Override
  public void serve(SshChannel channel) throws IOException {
    Caller caller = new Caller(channel.user(), Caller.Door.NETCONF, channel.remote());
    String wanted = channel.scope();
    try (ManagementSession session = management.open(caller, channel::close)) {
      if (wanted != null) {
        serveRouter(channel, session, wanted);
        return;
      }
      new NetconfSession(channel, session, management.schema(), modules, monitoring, data, files)
          .run();
    }
  }

  private void serveRouter(SshChannel channel, ManagementSession session, String wanted)
      throws IOException {
    RouterScope at = scope();
    Optional<ManagementSession> opened = at.open(session, wanted);
    if (opened.isEmpty()) {
      // There is no word for it before the hellos: a person sees this, a program the end.
      String refusal =
          "there is no virtual router '" + wanted + "' that " + channel.user() + " may see";
      channel.refuse(refusal);
      throw new IOException(refusal);
    }
    new NetconfSession(
            channel, opened.get(), at.schema(), at.modules(), at.monitoring(), at.data(), null)
        .run();
  }

  private synchronized RouterScope scope() {
    RouterScope known = scope;
    if (known == null) {
      known = new RouterScope(management, routerSession.get(), router, monitoring.counters());
      scope = known;
    }
    return known;
  }
}
