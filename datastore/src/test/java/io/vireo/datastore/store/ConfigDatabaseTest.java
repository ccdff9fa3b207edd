package io.vireo.datastore.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private static final byte[] SMALL = {1, 2, 3};

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

  private void write(long transaction, byte[] device) throws StorageException {
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      database.write(record(transaction), device, Map.of());
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
            Files.getPosixFilePermissions(directory.resolve(ConfigDatabase.FILE))));
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
              StorageException.class, () -> database.write(record(2), new byte[1 << 20], Map.of()));
      assertEquals(StorageException.Fault.FULL, refusal.fault());
      assertArrayEquals(SMALL, database.load().orElseThrow().device());
      database.write(record(2), new byte[] {9}, Map.of());
    }
    assertArrayEquals(new byte[] {9}, StoredConfig.read(directory).orElseThrow().device());
  }

  @Test
  void open_anotherHoldsIt_isInUse() throws Exception {
    try (ConfigDatabase held = ConfigDatabase.open(directory)) {
      held.write(record(1), SMALL, Map.of());
      assertEquals(StorageException.Fault.IN_USE, faultOfOpening());
    }
  }

  @Test
  void open_noDatabase_isDamaged() throws Exception {
    Files.write(
        directory.resolve(ConfigDatabase.FILE),
        "not a database at all, sir".repeat(99).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(StorageException.Fault.DAMAGED, faultOfOpening());
  }

  @Test
  void load_flippedBytes_isDamaged() throws Exception {
    byte[] big = new byte[100_000];
    java.util.Arrays.fill(big, (byte) 0x55);
    write(1, big);
    Path file = directory.resolve(ConfigDatabase.FILE);
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
                "jdbc:sqlite:" + directory.resolve(ConfigDatabase.FILE), new Properties());
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
