package io.vireo.rsock.client.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vireo.rsock.client.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesFileTest {
  private static final InetSocketAddress PORT_7 =
      new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 7);

  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("rules"), text);
  }

  private static String choice(SocketRules rules) {
    return rules.choose("x", PORT_7).toString();
  }

  @Test
  void missingFile_open_isRefusedNamingIt() {
    RulesException refused =
        assertThrows(
            RulesException.class, () -> RulesFile.open(folder.resolve("none"), Router.KERNEL));

    assertEquals("rules file " + folder.resolve("none") + " does not exist", refused.getMessage());
  }

  @Test
  void replacedByRename_isSeenWithoutAsking() throws Exception {
    try (RulesFile file = RulesFile.open(write("port 7 -> kernel"), Router.KERNEL)) {
      LinkedBlockingQueue<SocketRules> changes = new LinkedBlockingQueue<>();
      file.onChange(changes::add);

      Path replacement = Files.writeString(folder.resolve("rules.new"), "port 7 -> blue\n");
      Files.move(replacement, folder.resolve("rules"), StandardCopyOption.ATOMIC_MOVE);

      assertEquals("vr:blue", choice(Objects.requireNonNull(changes.poll(20, TimeUnit.SECONDS))));
      assertEquals("vr:blue", choice(file.rules()));
    }
  }

  @Test
  void brokenOrMissing_lastGoodRulesStay() throws IOException {
    try (RulesFile file = RulesFile.open(write("port 7 -> blue"), Router.KERNEL)) {
      write("port seven -> red");
      file.refresh();
      assertEquals("vr:blue", choice(file.rules()));

      Files.delete(folder.resolve("rules"));
      file.refresh();
      assertEquals("vr:blue", choice(file.rules()));

      write("port 7 -> red");
      file.refresh();
      assertEquals("vr:red", choice(file.rules()));
    }
  }
}
