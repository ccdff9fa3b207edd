package io.vireo.manager.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.UserDirectory;
import io.vireo.manager.FirstUser;
import io.vireo.ssh.PasswordHash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstConfigTest {
  @Test
  void user_withTheSamePassword_isMade() {
    String hash = PasswordHash.create("swordfish".toCharArray());
    UserDirectory users =
        name ->
            name.equals("ada")
                ? Optional.of(new UserDirectory.User(name, hash, List.of()))
                : Optional.empty();
    assertTrue(FirstConfig.isMade(new FirstUser("ada", "swordfish", List.of()), users));
    assertFalse(FirstConfig.isMade(new FirstUser("ada", "haddock", List.of()), users));
    assertFalse(FirstConfig.isMade(new FirstUser("bob", "swordfish", List.of()), users));
  }

  @Test
  void user_withTheSameKey_isMade() {
    UserDirectory users =
        name ->
            Optional.of(
                new UserDirectory.User(
                    name,
                    null,
                    List.of(new UserDirectory.AuthorizedKey("ssh-ed25519", new byte[] {1, 2, 3}))));
    assertTrue(
        FirstConfig.isMade(new FirstUser("ada", null, List.of("ssh-ed25519 AQID x")), users));
    assertFalse(
        FirstConfig.isMade(new FirstUser("ada", null, List.of("ssh-ed25519 AQIE x")), users));
  }
}
