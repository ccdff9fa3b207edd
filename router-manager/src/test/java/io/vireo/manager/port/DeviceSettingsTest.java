package io.vireo.manager.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceSettingsTest {
  private static final DeviceSettings SETTINGS =
      new DeviceSettings(
          "eth1",
          "blue",
          7,
          true,
          true,
          false,
          "0",
          List.of("192.0.2.1/24 brd 192.0.2.255 scope global", "2001:db8::1/64 scope global"),
          List.of("-4 default via 192.0.2.254 metric 5", "-6 2001:db8:1::/48 via 2001:db8::2"));

  @TempDir Path folder = Path.of("");

  @Test
  void settings_emitThenParse_areEqual() {
    assertEquals(SETTINGS, DeviceSettings.parse(SETTINGS.emit()));
  }

  @Test
  void settings_cutOff_areRefused() {
    String text = SETTINGS.emit();
    for (int length = 0; length < text.length() - 1; length++) {
      String cut = text.substring(0, length);
      assertThrows(IllegalArgumentException.class, () -> DeviceSettings.parse(cut));
    }
  }

  @Test
  void journal_putThenRemove_isEmptyAgain() throws IOException {
    ClaimJournal journal = new ClaimJournal(folder);
    List<String> complaints = new ArrayList<>();
    journal.put(SETTINGS);
    assertEquals(List.of(SETTINGS), journal.read(complaints::add));
    journal.remove("eth1");
    assertEquals(List.of(), journal.read(complaints::add));
    assertEquals(List.of(), complaints);
  }

  @Test
  void journal_damagedEntry_isNamedAndTheRestRead() throws IOException {
    ClaimJournal journal = new ClaimJournal(folder);
    journal.put(SETTINGS);
    Files.writeString(folder.resolve("eth2.claim"), "device eth2\n");
    List<String> complaints = new ArrayList<>();
    assertEquals(List.of(SETTINGS), journal.read(complaints::add));
    assertEquals(1, complaints.size());
    assertTrue(complaints.getFirst().contains("eth2.claim"), complaints.getFirst());
  }
}
