package io.vireo.manager.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.manager.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Needs root: it gives folders to other users.
@Tag("netns")
class StateFoldersTest {
  private static final SystemAccount NOBODY = new SystemAccount("nobody", 65_534, 65_534);

  @TempDir Path root = Path.of("");
  private StateFolder state = new StateFolder(Path.of(""));
  private final List<String> said = new ArrayList<>();

  private StateFolders prepared() throws Exception {
    StateFolders folders = new StateFolders(state, NOBODY, NOBODY, said::add);
    folders.prepare();
    return folders;
  }

  @BeforeEach
  void open() throws Exception {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    state = new StateFolder(root.resolve("state"));
  }

  @Test
  void routerFolder_withFoldersAndLinksInside_isMadeAnew() throws Exception {
    StateFolders folders = prepared();
    Path folder = folders.prepareRouter("edge");
    Path outside = Files.createDirectory(root.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "");
    Files.createDirectories(folder.resolve("d/x"));
    Files.createSymbolicLink(folder.resolve("link"), outside);

    folders.prepareRouter("edge");

    assertTrue(Files.list(folder).toList().isEmpty());
    assertTrue(Files.exists(outside.resolve("kept")));
    assertEquals(List.of("edge"), names(state.routers()));
  }

  @Test
  void routerFolder_thatCannotBeRemoved_isPutAside() throws Exception {
    StateFolders folders = prepared();
    Path deep = folders.prepareRouter("edge");
    for (int i = 0; i < 40; i++) {
      deep = deep.resolve("d");
    }
    Files.createDirectories(deep);

    assertTrue(Files.list(folders.prepareRouter("edge")).toList().isEmpty());
    assertFalse(said.isEmpty());
    folders.removeLeftovers();
    assertFalse(Files.exists(state.router("edge")));
  }

  @Test
  void firstStart_lastsUntilAManagerServed() throws Exception {
    StateFolders folders = prepared();
    Files.writeString(state.data().resolve("datastore"), "");
    assertTrue(folders.firstStart());
    folders.markServed();
    folders.markServed();
    assertFalse(folders.firstStart());
  }

  private static List<String> names(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }
}
