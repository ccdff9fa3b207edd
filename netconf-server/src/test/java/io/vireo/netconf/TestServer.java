package io.vireo.netconf;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.ManagementEngine;
import io.vireo.datastore.api.UserDirectory;
import io.vireo.datastore.store.StorageException;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.node.SchemaTree;
import io.vireo.ssh.SshEndpoint;
import io.vireo.ssh.SshListener;
import io.vireo.ssh.SshSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server on loopback with real datastores and virtual routers that say yes.
final class TestServer implements AutoCloseable {
  final ManagementEngine engine;
  final SshEndpoint endpoint;
  final YieldingRouters routers = new YieldingRouters();

  /// @param directory for its files
  TestServer(Path directory, UserDirectory users) throws Exception {
    this(directory, users, null);
  }

  /// @param urlFolder for configurations in files; null: they are not served
  TestServer(Path directory, UserDirectory users, @Nullable Path urlFolder) throws Exception {
    engine =
        ManagementEngine.open(
            directory.resolve("db"),
            NetconfServerTest.DEVICE,
            NetconfServerTest.ROUTER,
            routers,
            EngineOptions.recovery("admin"));
    endpoint =
        SshEndpoint.open(
            SshSettings.inDirectory(directory),
            users,
            List.of(
                SshListener.netconf(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    new NetconfServer(
                        engine,
                        NetconfServerTest.DEVICE,
                        NetconfServerTest.ROUTER,
                        TestServer::routerSession,
                        urlFolder))));
  }

  private static SchemaTree routerSession() {
    return SchemaTree.of(SchemaContexts.ofClassPath().load(SchemaContexts.ROUTER_SESSION));
  }

  TestClient client() throws Exception {
    return TestClient.open(endpoint.address("netconf"), true);
  }

  @Override
  public void close() throws IOException, StorageException {
    endpoint.close();
    engine.close();
  }
}
