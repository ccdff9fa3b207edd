package io.vireo.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeyTest {
  @TempDir Path directory = Path.of("");

  @Test
  void absent_loaded_madeForItsOwnerOnlyAndKept() throws IOException {
    Path file = directory.resolve("state/host_key");
    KeyPair made = HostKey.loadOrCreate(file);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    KeyPair again = HostKey.loadOrCreate(file);
    assertEquals(made.getPublic(), again.getPublic());
    try (var files = Files.list(file.resolveSibling("."))) {
      assertEquals(List.of("host_key"), files.map(f -> f.getFileName().toString()).toList());
    }
  }

  @Test
  void readableByOthers_loaded_refusedWithTheFix() throws IOException {
    Path file = directory.resolve("host_key");
    HostKey.loadOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    IOException e = assertThrows(IOException.class, () -> HostKey.loadOrCreate(file));
    assertTrue(
        String.valueOf(e.getMessage()).contains(file.toString()), String.valueOf(e.getMessage()));
    assertTrue(
        String.valueOf(e.getMessage()).contains("chmod 600"), String.valueOf(e.getMessage()));
  }

  @Test
  void damaged_loaded_refusedAndNotOverwritten() throws IOException {
    Path file = directory.resolve("host_key");
    HostKey.loadOrCreate(file);
    Files.writeString(file, "not a key");
    assertThrows(IOException.class, () -> HostKey.loadOrCreate(file));
    assertEquals("not a key", Files.readString(file));
  }
}
