package io.vireo.datastore.store;

import io.vireo.wire.cbor.CborPatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What comes before the engine at a boot that begins with a kept configuration (RFC 6241 §8.7).
public final class KeptBoot {
  private KeptBoot() {}

  /// Makes a configuration that was kept running, as a commit of its own: what a boot does that
  /// begins with startup. Needs no schema.
  ///
  /// @return whether anything was kept and differs from running
  public static boolean make(Path directory, String store, Instant now) throws StorageException {
    if (!Files.exists(directory.resolve(DatabaseFile.NAME))) {
      return false;
    }
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      Map<String, byte[]> kept = database.kept(store);
      Optional<StoredConfig> running = database.load();
      if (kept.isEmpty() || running.isEmpty()) {
        return false;
      }
      Map<String, byte[]> trees = running.get().trees();
      Map<String, Delta> deltas = new TreeMap<>();
      Set<String> names = new TreeSet<>(trees.keySet());
      names.addAll(kept.keySet());
      for (String name : names) {
        byte[] before = trees.get(name);
        byte[] after = kept.get(name);
        if (!Arrays.equals(before, after)) {
          deltas.put(name, new Delta(CborPatch.whole(after), CborPatch.whole(before)));
        }
      }
      if (deltas.isEmpty()) {
        return false;
      }
      database.write(
          new CommitRecord(
              running.get().transaction() + 1,
              now,
              "system",
              "SYSTEM",
              0,
              "boot from " + store,
              new TreeSet<>(deltas.keySet())),
          deltas,
          null);
      return true;
    }
  }
}
