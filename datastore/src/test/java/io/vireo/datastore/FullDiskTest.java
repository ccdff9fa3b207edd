package io.vireo.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// A file system of its own that is filled and emptied under a stream of commits: each is kept or
/// refused in words, never half, and what is there after a reopening is the last one kept.
@Tag("netns")
class FullDiskTest {
  private static final int ROUNDS = 25;
  private static final String SIZE = "12m";
  private static final TreeId BLUE = new TreeId.Router("blue");

  @TempDir Path directory;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "vireo-test", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    // Lazily: the database's native library was unpacked there and stays mapped.
    run("umount", "-l", disk.toString());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), String.join(" ", command));
  }

  private ManagementEngine open() throws Exception {
    return ManagementEngine.open(
        disk.resolve("data"),
        TestTrees.DEVICE_TREE,
        TestTrees.ROUTER_TREE,
        new FakeRouters(),
        EngineOptions.PLAIN);
  }

  @Test
  void commits_diskFilledAndEmptied_areKeptOrRefused() throws Exception {
    long seed = Long.getLong("vireo.seed", 20261126L);
    Random random = new Random(seed);
    int kept = 0;
    int refused = 0;
    Trees last = null;
    // Made while there is room, as at an installation.
    open().close();
    for (int round = 0; round < ROUNDS; round++) {
      String context = "-Dvireo.seed=" + seed + ", round " + round;
      try (ManagementEngine engine = open()) {
        if (last != null) {
          assertEquals(last, engine.running(), context);
        }
        ManagementSession session =
            engine.open(new Caller("test", Caller.Door.SYSTEM, "local"), () -> {});
        for (int i = random.nextInt(4); i >= 0; i--) {
          boolean full = random.nextInt(3) > 0;
          if (full) {
            fill(random.nextInt(300_000));
          }
          Trees before = engine.running();
          session.edit(Datastore.CANDIDATE, edits(random, round * 10 + i)).get();
          try {
            session.commit(null).get(20, TimeUnit.SECONDS);
            kept++;
          } catch (ExecutionException e) {
            ManagementException refusal =
                assertInstanceOf(ManagementException.class, e.getCause(), context);
            assertTrue(full, context + ": " + refusal.getMessage());
            assertEquals(ErrorTag.RESOURCE_DENIED, refusal.errors().getFirst().tag(), context);
            assertEquals(before, engine.running(), context);
            refused++;
          }
          Files.deleteIfExists(disk.resolve("filler"));
          last = engine.running();
          session.discard().get();
        }
      }
    }
    assertTrue(kept > 0 && refused > 0, kept + " kept, " + refused + " refused");
  }

  /// Leaves `room` octets free.
  private void fill(int room) throws IOException {
    long free = disk.toFile().getUsableSpace() - room;
    byte[] block = new byte[1 << 16];
    try (OutputStream filler = Files.newOutputStream(disk.resolve("filler"))) {
      for (long written = 0; written < free; written += block.length) {
        filler.write(block, 0, (int) Math.min(block.length, free - written));
      }
    }
  }

  private static List<TreeEdit> edits(Random random, int number) {
    YangInstanceIdentifier root = YangInstanceIdentifier.of();
    StringBuilder interfaces = new StringBuilder();
    for (int i = random.nextInt(400); i >= 0; i--) {
      interfaces.append(
          TestTrees.interfaceXml(
                  "eth" + random.nextInt(1000),
                  TestTrees.ETHERNET + "<if:description>number " + number + "</if:description>")
              .replaceAll("</?if:interfaces>", ""));
    }
    boolean anew = random.nextInt(5) == 0;
    TreeEdit device =
        new TreeEdit(
            TreeId.DEVICE,
            new EditOperation.Merge(
                root,
                TestTrees.device(
                    "<vsys:system><vsys:contact>"
                        + number
                        + "</vsys:contact></vsys:system>"
                        + TestTrees.routersXml("blue"))));
    TreeEdit router =
        new TreeEdit(
            BLUE, new EditOperation.Merge(root, TestTrees.router(unique(interfaces.toString()))));
    return anew
        ? List.of(
            new TreeEdit(
                TreeId.DEVICE,
                new EditOperation.Remove(io.vireo.datastore.tree.RouterEntries.path("blue"))),
            device,
            router)
        : List.of(device, router);
  }

  // Of interfaces drawn twice the first.
  private static String unique(String interfaces) {
    java.util.LinkedHashMap<String, String> byName = new java.util.LinkedHashMap<>();
    for (String each : interfaces.split("(?<=</if:interface>)")) {
      byName.putIfAbsent(each.replaceAll(".*<if:name>(.*)</if:name>.*", "$1"), each);
    }
    return "<if:interfaces>" + String.join("", byName.values()) + "</if:interfaces>";
  }
}
