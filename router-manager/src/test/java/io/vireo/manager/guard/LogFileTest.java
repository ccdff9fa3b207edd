package io.vireo.manager.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder = Path.of("");

  @Test
  void file_grownBeyondTheBound_isCutUnderItsWriter() throws Exception {
    Path log = folder.resolve("vireod.log");
    LogFile.create(log);
    try (OutputStream writer = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
      writer.write("12345".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      LogFile.rotate(folder, 5);
      assertEquals("12345", Files.readString(log));
      writer.write('6');
      LogFile.rotate(folder, 5);
      writer.write('7');
    }
    assertEquals("7", Files.readString(log));
    Path older = folder.resolve("vireod.log.1");
    assertEquals("123456", Files.readString(older));
    for (Path each : java.util.List.of(log, older)) {
      assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
    }
  }
}
