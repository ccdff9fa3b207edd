package io.vireo.manager.fleet;

import io.vireo.manager.StateFolder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Connects to the routers' control sockets in the state folder.
public final class RouterLinks implements RouterConnector {
  private final StateFolder state;
  private final Consumer<String> log;

  /// @param log hears of changes of links
  public RouterLinks(StateFolder state, Consumer<String> log) {
    this.state = state;
    this.log = log;
  }

  @Override
  public CompletableFuture<RouterControl> connect(String router, Events events) {
    return RouterLink.connect(state.controlSocket(router), router, events, log);
  }
}
