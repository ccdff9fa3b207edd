package io.vireo.manager.fleet;

import io.vireo.manager.StateFolder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Connects to the routers' control sockets in the state folder.
public final class RouterLinks implements RouterConnector {
  private final StateFolder state;

  public RouterLinks(StateFolder state) {
    this.state = state;
  }

  @Override
  public CompletableFuture<RouterControl> connect(String router, Consumer<String> onEnd) {
    return RouterLink.connect(state.controlSocket(router), router, onEnd);
  }
}
