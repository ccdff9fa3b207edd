package io.vireo.cli;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Waits for answers of the management API.
final class Reading {
  private Reading() {}

  /// What a read gave.
  ///
  /// @param pages in the order they came
  /// @param warnings what could not be read
  record Answer(List<Trees> pages, List<String> warnings) {}

  /// The value of a future.
  static <T> T await(CompletableFuture<T> future) throws ManagementException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case ManagementException refused -> throw refused;
        case RuntimeException failed -> throw failed;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  static Answer read(ManagementSession session, Datastore datastore, Selection selection)
      throws ManagementException, InterruptedException {
    List<Trees> pages = new ArrayList<>();
    List<String> warnings =
        await(
            session.read(
                datastore,
                selection,
                page -> {
                  synchronized (pages) {
                    pages.add(page);
                  }
                }));
    return new Answer(pages, warnings);
  }

  /// A configuration datastore's contents; each tree comes in one page.
  static Trees configuration(ManagementSession session, Datastore datastore)
      throws ManagementException, InterruptedException {
    Answer answer = read(session, datastore, Selection.ALL);
    if (answer.pages.isEmpty()) {
      throw new IllegalStateException(datastore + " has no contents");
    }
    Map<String, ContainerNode> routers = new TreeMap<>();
    answer.pages.forEach(page -> routers.putAll(page.routers()));
    ContainerNode device =
        answer.pages.stream()
            .map(Trees::device)
            .filter(d -> !d.isEmpty())
            .findFirst()
            .orElse(answer.pages.getFirst().device());
    return new Trees(device, routers);
  }
}
