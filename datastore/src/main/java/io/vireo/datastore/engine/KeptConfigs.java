package io.vireo.datastore.engine;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.store.ConfigDatabase;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.tree.RouterEntries;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.schema.cbor.TreeCborException;
import io.vireo.schema.edit.TreeId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Configurations that are kept besides running: startup, where there is one, and factory-default.
/// Changed under the stage's writer lock; read by anyone.
public final class KeptConfigs {
  public static final String STARTUP = "startup";
  private static final String FACTORY = "factory-default";

  private final ConfigDatabase database;
  private final TreeCodec device;
  private final TreeCodec router;
  private final boolean hasStartup;
  private final boolean dropUnknown;
  private volatile Trees startup;
  private volatile @Nullable Trees factoryDefault;

  /// @param running what stands in for a startup that was never written
  public KeptConfigs(
      ConfigDatabase database,
      TreeCodec device,
      TreeCodec router,
      EngineOptions options,
      Trees running)
      throws StorageException {
    this.database = database;
    this.device = device;
    this.router = router;
    this.hasStartup = options.startup();
    this.dropUnknown = options.dropUnknown();
    Trees found = read(STARTUP);
    this.startup = found == null ? new Trees(TreeSchema.EMPTY, new TreeMap<>()) : found;
    this.factoryDefault = read(FACTORY);
    if (hasStartup && found == null) {
      writeStartup(running);
    } else if (!hasStartup && found != null) {
      // A run without one keeps every commit: what was kept before would be stale.
      database.keep(STARTUP, Map.of());
    }
  }

  /// A change of a configuration that is kept.
  interface Revision {
    Trees of(String store, Trees kept);
  }

  /// Brings what is kept to other models.
  void revise(Revision revision) throws StorageException {
    if (hasStartup) {
      Trees next = revision.of(STARTUP, startup);
      if (!next.equals(startup)) {
        writeStartup(next);
      }
    }
    Trees factory = factoryDefault;
    if (factory != null) {
      Trees next = revision.of(FACTORY, factory);
      if (!next.equals(factory)) {
        writeFactoryDefault(next);
      }
    }
  }

  public boolean hasStartup() {
    return hasStartup;
  }

  Trees startup() {
    return startup;
  }

  /// Null: none is known yet.
  public @Nullable Trees factoryDefault() {
    return factoryDefault;
  }

  final void writeStartup(Trees trees) throws StorageException {
    database.keep(STARTUP, encode(trees));
    startup = trees;
  }

  public void writeFactoryDefault(Trees trees) throws StorageException {
    database.keep(FACTORY, encode(trees));
    factoryDefault = trees;
  }

  Map<String, byte[]> encode(Trees trees) {
    Map<String, byte[]> encoded = new TreeMap<>();
    encoded.put(TreeNames.name(TreeId.DEVICE), device.encode(trees.device()));
    trees
        .routers()
        .forEach((name, tree) ->
            encoded.put(TreeNames.name(new TreeId.Router(name)), router.encode(tree)));
    return encoded;
  }

  private @Nullable Trees read(String store) throws StorageException {
    Map<String, byte[]> found = database.kept(store);
    byte[] deviceBytes = found.get(TreeNames.name(TreeId.DEVICE));
    if (deviceBytes == null) {
      return null;
    }
    long unknown = device.unknownNodes() + router.unknownNodes();
    try {
      ContainerNode tree = device.decode(deviceBytes);
      SortedMap<String, ContainerNode> routers = new TreeMap<>();
      for (String name : RouterEntries.names(tree)) {
        byte[] bytes = found.get(TreeNames.name(new TreeId.Router(name)));
        routers.put(name, bytes == null ? TreeSchema.EMPTY : router.decode(bytes));
      }
      if (device.unknownNodes() + router.unknownNodes() > unknown && !dropUnknown) {
        throw database.misfit(
            "keeps as "
                + store
                + " data that the models here do not know; give the models' folder with --models, or"
                + " start with --unknown-data drop to leave that data out");
      }
      return new Trees(tree, routers);
    } catch (TreeCborException e) {
      throw database.misfit(e);
    }
  }
}
