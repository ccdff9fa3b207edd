package io.vireo.datastore.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.cbor.RawCbor;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class ConfigDatabaseTest {
  // A tree as far as the database knows: one item of CBOR.
  private static final byte[] SMALL = item(3);
  private static final byte[] NINE = item(9);

  @TempDir Path directory;

  private static CommitRecord record(long transaction) {
    return new CommitRecord(
        transaction,
        Instant.EPOCH,
        "ann",
        "CLI",
        7,
        null,
        new TreeSet<>(java.util.List.of("device")));
  }

  private static byte[] item(int length) {
    byte[] octets = new byte[length];
    java.util.Arrays.fill(octets, (byte) 0x55);
    CborWriter out = new CborWriter();
    out.writeBytes(octets);
    return out.toByteArray();
  }

  /// A commit that puts the device's tree.
  private static Map<String, Delta> puts(byte[] device) {
    CborWriter redo = new CborWriter();
    redo.startArray(1);
    redo.startArray(2);
    redo.startArray(0);
    redo.writeRaw(RawCbor.wrap(device));
    CborWriter undo = new CborWriter();
    undo.startArray(1);
    undo.startArray(1);
    undo.startArray(0);
    return Map.of("device", new Delta(redo.toByteArray(), undo.toByteArray()));
  }

  private void write(long transaction, byte[] device) throws StorageException {
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      database.write(record(transaction), puts(device), null);
    }
  }

  private StorageException.Fault faultOfOpening() {
    return assertThrows(StorageException.class, () -> ConfigDatabase.open(directory)).fault();
  }

  @Test
  void open_nothing_isEmptyAndPrivate() throws Exception {
    assertTrue(StoredConfig.read(directory).isEmpty());
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      assertTrue(database.load().isEmpty());
    }
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory.resolve(DatabaseFile.NAME))));
  }

  @Test
  void write_thenReopen_isThere() throws Exception {
    write(1, SMALL);
    StoredConfig stored = StoredConfig.read(directory).orElseThrow();
    assertEquals(1, stored.transaction());
    assertArrayEquals(SMALL, stored.device());
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      assertEquals(record(1), database.history(10).getFirst());
    }
  }

  @Test
  void write_diskFull_isRefusedAndTheNextOneWorks() throws Exception {
    write(1, SMALL);
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      // SQLite says FULL here exactly as it does when the file system has no room.
      database.limitPages(20);
      StorageException refusal =
          assertThrows(
              StorageException.class, () -> database.write(record(2), puts(item(1 << 20)), null));
      assertEquals(StorageException.Fault.FULL, refusal.fault());
      assertArrayEquals(SMALL, database.load().orElseThrow().device());
      database.write(record(2), puts(NINE), null);
    }
    assertArrayEquals(NINE, StoredConfig.read(directory).orElseThrow().device());
  }

  @Test
  void renew_thenWrite_isTheSnapshotWithWhatCameAfter() throws Exception {
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      database.write(record(1), puts(SMALL), null);
      database.renew("device", 1, SMALL);
      assertArrayEquals(SMALL, database.load().orElseThrow().device());
      database.write(record(2), puts(NINE), null);
      assertArrayEquals(NINE, database.load().orElseThrow().device());
      database.renew("device", 2, null);
      assertTrue(database.load().isEmpty());
    }
  }

  @Test
  void due_afterManyCommits_untilRenewed() throws Exception {
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      database.write(record(1), puts(SMALL), null);
      assertEquals(java.util.Set.of(), database.due());
      database.write(record(2), puts(item(2 << 20)), null);
      assertEquals(java.util.Set.of("device"), database.due());
      database.renew("device", 2, item(2 << 20));
      assertEquals(java.util.Set.of(), database.due());
    }
  }

  @Test
  void write_beyondWhatIsKept_prunesWhatNoSnapshotNeeds() throws Exception {
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      database.keep(10);
      for (int i = 1; i <= 100; i++) {
        database.write(record(i), puts(SMALL), null);
      }
      assertEquals(100, database.history(1_000).size());
      database.renew("device", 100, SMALL);
      for (int i = 101; i <= 128; i++) {
        database.write(record(i), puts(NINE), null);
      }
      assertEquals(28, database.history(1_000).size());
      assertArrayEquals(NINE, database.load().orElseThrow().device());
    }
    assertEquals(128, StoredConfig.read(directory).orElseThrow().transaction());
  }

  @Test
  void open_writtenByVersion1_isBroughtToThisOne() throws Exception {
    try (Connection connection =
            JDBC.createConnection(
                "jdbc:sqlite:" + directory.resolve(DatabaseFile.NAME), new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE tree (tree TEXT PRIMARY KEY, cbor BLOB NOT NULL, sha256 BLOB NOT NULL)");
      statement.execute(
          "CREATE TABLE history (id INTEGER PRIMARY KEY, time TEXT NOT NULL, user TEXT NOT NULL,"
              + " door TEXT NOT NULL, session INTEGER NOT NULL, comment TEXT, trees TEXT NOT NULL)");
      statement.execute(
          "INSERT INTO history VALUES (7, '1970-01-01T00:00:00Z', 'ann', 'CLI', 7, NULL, 'device')");
      try (var insert = connection.prepareStatement("INSERT INTO tree VALUES ('device', ?, ?)")) {
        insert.setBytes(1, SMALL);
        insert.setBytes(2, StoredConfig.sha256(SMALL));
        insert.executeUpdate();
      }
      statement.execute("PRAGMA user_version = 1");
    }
    assertArrayEquals(SMALL, StoredConfig.read(directory).orElseThrow().device());
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      database.write(record(8), puts(NINE), null);
      assertEquals(8, database.load().orElseThrow().transaction());
    }
  }

  @Test
  void open_anotherHoldsIt_isInUse() throws Exception {
    try (ConfigDatabase held = ConfigDatabase.open(directory)) {
      held.write(record(1), puts(SMALL), null);
      assertEquals(StorageException.Fault.IN_USE, faultOfOpening());
    }
  }

  @Test
  void open_noDatabase_isDamaged() throws Exception {
    Files.write(
        directory.resolve(DatabaseFile.NAME),
        "not a database at all, sir".repeat(99).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(StorageException.Fault.DAMAGED, faultOfOpening());
  }

  @Test
  void load_flippedBytes_isDamaged() throws Exception {
    write(1, item(100_000));
    Path file = directory.resolve(DatabaseFile.NAME);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(raw.length() - 4096 * 3);
      raw.write(new byte[] {0x56, 0x57});
    }
    StorageException refusal =
        assertThrows(StorageException.class, () -> StoredConfig.read(directory));
    assertEquals(StorageException.Fault.DAMAGED, refusal.fault());
    assertNotNull(refusal.getMessage());
    assertTrue(refusal.toString().contains("move it away"), refusal.toString());
  }

  @Test
  void open_writtenByNewerVireo_isRefused() throws Exception {
    write(1, SMALL);
    try (Connection connection =
            JDBC.createConnection(
                "jdbc:sqlite:" + directory.resolve(DatabaseFile.NAME), new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    assertEquals(StorageException.Fault.NEWER, faultOfOpening());
  }

  @Test
  void open_folderCannotBeMade_isUnreadable() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    StorageException refusal =
        assertThrows(StorageException.class, () -> ConfigDatabase.open(file.resolve("below")));
    assertEquals(StorageException.Fault.UNREADABLE, refusal.fault());
  }
}
