package io.vireo.manager.door;

import io.vireo.datastore.api.UserDirectory;
import io.vireo.records.device.DeviceRoot;
import io.vireo.schema.cbor.TreeCborWriter;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.ssh.SshEndpoint;
import io.vireo.ssh.SshListener;
import io.vireo.ssh.SshSettings;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// The manager's SSH endpoint, as the configuration wants it.
public final class Doors implements AutoCloseable {
  private final SchemaTree device;
  private final List<SchemaNode> nodes = new ArrayList<>();
  private final AtomicReference<@Nullable SshEndpoint> endpoint = new AtomicReference<>();
  private @Nullable DoorConfig config;

  /// @param device its schema
  public Doors(SchemaTree device) {
    this.device = device;
    addNode("urn:vireo:yang:vireo-ssh-server", "ssh-server");
    addNode("urn:ietf:params:xml:ns:yang:ietf-keystore", "keystore");
  }

  private void addNode(String namespace, String name) {
    SchemaNode node = device.find(namespace, name);
    if (node != null) {
      nodes.add(node);
    }
  }

  /// Opens them as running says. Endpoints that can't be opened keep nobody out: then the doors are
  /// where they are without configuration.
  ///
  /// @param netconf where NETCONF listens while no endpoint of its is configured
  /// @param cli the same for the command line
  /// @param warnings takes what could not be
  /// @return what was opened
  public DoorPlan open(
      SshSettings defaults,
      UserDirectory users,
      ContainerNode running,
      SshListener netconf,
      SshListener cli,
      List<String> warnings)
      throws IOException {
    DoorConfig reading = new DoorConfig(defaults, netconf, cli);
    config = reading;
    DoorPlan plan;
    SshEndpoint opened;
    try {
      plan = read(reading, running);
      opened = SshEndpoint.open(plan.settings(), users, plan.listeners());
    } catch (IOException | RuntimeException failed) {
      plan = reading.defaults();
      opened = SshEndpoint.open(plan.settings(), users, plan.listeners());
      warnings.add(
          "the configured SSH endpoints can't be opened, the doors are where they were at the"
              + " first start: "
              + failed.getMessage());
    }
    endpoint.set(opened);
    return plan;
  }

  /// Whether two trees want other doors.
  boolean differ(ContainerNode before, ContainerNode after) {
    return nodes.stream()
        .anyMatch(node ->
            !Objects.equals(
                before.childByArg(node.identifier()), after.childByArg(node.identifier())));
  }

  /// Prepares what a tree wants; null: nothing is open yet.
  SshEndpoint.@Nullable Change prepare(ContainerNode after) throws IOException {
    SshEndpoint open = endpoint.get();
    DoorConfig reading = config;
    if (open == null || reading == null) {
      return null;
    }
    DoorPlan plan = read(reading, after);
    return open.prepare(plan.settings(), plan.listeners());
  }

  private DoorPlan read(DoorConfig reading, ContainerNode tree) throws IOException {
    var part = ImmutableNodes.newContainerBuilder().withNodeIdentifier(tree.name());
    for (SchemaNode node : nodes) {
      DataContainerChild child = tree.childByArg(node.identifier());
      if (child != null) {
        part.withChild(child);
      }
    }
    try {
      byte[] bytes = new TreeCborWriter(device).treeBytes(part.build());
      return reading.read(DeviceRoot.read(new CborReader(bytes)));
    } catch (CborException mistake) {
      throw new IOException("the SSH server's configuration: " + mistake.getMessage(), mistake);
    }
  }

  /// Ends every session and stops listening.
  @Override
  public void close() throws IOException {
    SshEndpoint open = endpoint.getAndSet(null);
    if (open != null) {
      open.close();
    }
  }
}
