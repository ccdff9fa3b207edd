package io.vireo.manager.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vireo.manager.StateFolder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Needs root: it gives files to another user.
@Tag("netns")
class HandoverTest {
  private static final SystemAccount NOBODY = new SystemAccount("nobody", 65_534, 65_534);

  @TempDir Path root = Path.of("");

  @Test
  void folder_prepared_isNotTheManagersToChange() throws Exception {
    StateFolder state = new StateFolder(root.resolve("state"));
    // What is asked is what prepare makes, not whether others can reach a test's folder.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    new StateFolders(state, NOBODY, NOBODY, line -> {}).prepare();
    assertEquals(0, Files.getAttribute(state.handover(), "unix:uid"));
    assertEquals(
        "rwxr-x---",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(state.handover())));
  }

  @Test
  void file_whereALinkLies_isMadeAnewAndTheLinksTargetKept() throws Exception {
    StateFolder state = new StateFolder(root);
    Files.createDirectories(state.handover());
    Path victim = Files.writeString(root.resolve("victim"), "secret");
    Files.createSymbolicLink(state.firstUser(), victim);
    Handover handover = new Handover(state, NOBODY.gid());

    handover.giveFirstUser(new byte[] {'x'});

    assertEquals("secret", Files.readString(victim));
    assertEquals(0, Files.getAttribute(victim, "unix:gid"));
    assertEquals("x", Files.readString(state.firstUser()));
    assertEquals(
        65_534, Files.getAttribute(state.firstUser(), "unix:gid", LinkOption.NOFOLLOW_LINKS));
    assertEquals(
        "rw-r-----",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(state.firstUser())));

    handover.clear();
    assertFalse(Files.exists(state.firstUser()));
  }
}
