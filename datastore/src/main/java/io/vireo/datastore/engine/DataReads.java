package io.vireo.datastore.engine;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.DataPage;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.DefaultsShown;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// What one session reads: a part of a datastore, with the defaults that are asked for, as far as
/// its user may read it.
final class DataReads {
  private final Engine engine;
  private final Caller caller;
  private final ConfigWrites writes;

  /// @param writes knows the session's datastores
  DataReads(Engine engine, Caller caller, ConfigWrites writes) {
    this.engine = engine;
    this.caller = caller;
    this.writes = writes;
  }

  /// @return what could not be read, and why
  List<String> read(
      Datastore datastore, Selection selection, DefaultsShown defaults, Consumer<DataPage> consumer)
      throws ManagementException {
    Trees configuration = writes.configuration(datastore);
    if (configuration != null) {
      Trees selected = Selected.of(configuration, selection);
      consumer.accept(page(selected, true, defaults, DataPage.Origins.NONE));
      return List.of();
    }
    Trees running = engine.stage().now().running();
    // Who may not read a virtual router is not told by a warning that there is one, nor how it
    // does.
    Selection readable = Selected.readable(selection, running, engine.access().of(caller));
    // The device's tree comes first; the pages after it are about one router each.
    return engine
        .states()
        .read(
            running,
            readable,
            trees -> {
              DataPage.Origins origins = new NodeOrigins(engine.schemas(), running, trees);
              consumer.accept(page(trees, trees.routers().isEmpty(), defaults, origins));
            });
  }

  // What the user may not read is not told by its default either.
  private DataPage page(
      Trees trees, boolean ofDevice, DefaultsShown defaults, DataPage.Origins origins) {
    Map<TreeId, Set<YangInstanceIdentifier>> implied = new HashMap<>();
    Trees shown =
        switch (defaults) {
          case EXPLICIT -> trees;
          case ALL -> engine.validation().withDefaults(trees, ofDevice, implied);
          case NONE -> engine.validation().withoutDefaults(trees);
        };
    return new DataPage(
        readable(shown),
        origins,
        (tree, path) -> implied.getOrDefault(tree, Set.of()).contains(path));
  }

  /// As far as the user may read them.
  Trees readable(Trees trees) {
    return engine.access().readable(caller, trees);
  }
}
