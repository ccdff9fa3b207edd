package io.vireo.netconf;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Management;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.monitoring.MonitoringState;
import io.vireo.netconf.monitoring.ServedModules;
import io.vireo.netconf.operation.DataXml;
import io.vireo.netconf.operation.MountedXml;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.XmlTreeReader;
import io.vireo.ssh.SshChannel;
import io.vireo.ssh.SubsystemDoor;
import java.io.IOException;

/// The NETCONF door: serves each channel as one session.
public final class NetconfServer implements SubsystemDoor {
  private final Management management;
  private final ServedModules modules;
  private final MonitoringState monitoring;
  private final DataXml data;

  /// Registers the server's own state with the management API.
  ///
  /// @param device the device's schema, as `management` serves it
  /// @param router the virtual routers' schema
  public NetconfServer(Management management, SchemaTree device, SchemaTree router) {
    this.management = management;
    modules = new ServedModules(device.context(), router.context());
    monitoring = new MonitoringState(management, modules, XmlTreeReader.ofDevice(device, router));
    data = new MountedXml(device, router);
    management.register(monitoring);
  }

  @Override
  public void serve(SshChannel channel) throws IOException {
    Caller caller = new Caller(channel.user(), Caller.Door.NETCONF, channel.remote());
    try (ManagementSession session = management.open(caller, channel::close)) {
      new NetconfSession(channel, session, management.schema(), modules, monitoring, data).run();
    }
  }
}
