package io.vireo.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  @Test
  void created_verified_onlyByItsPassword() {
    String hash = PasswordHash.create("päss wörd".toCharArray());
    assertTrue(
        hash.matches(
            "\\$argon2id\\$v=19\\$m=[0-9]+,t=[0-9]+,p=[0-9]+"
                + "\\$[A-Za-z0-9+/]+\\$[A-Za-z0-9+/]+"),
        hash);
    assertTrue(PasswordHash.verify("päss wörd".toCharArray(), hash));
    assertFalse(PasswordHash.verify("pass word".toCharArray(), hash));
    assertFalse(PasswordHash.verify(new char[0], hash));
  }

  @Test
  void created_twice_saltsDiffer() {
    assertNotEquals(PasswordHash.create("x".toCharArray()), PasswordHash.create("x".toCharArray()));
  }

  @Test
  void referenceVector_verified() {
    // Made by the reference implementation's test program: argon2id, v=19, m=256, t=2, p=1,
    // password "password", salt "somesalt".
    String hash =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    assertTrue(PasswordHash.verify("password".toCharArray(), hash));
    assertEquals(false, PasswordHash.verify("Password".toCharArray(), hash));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=9999999,t=9999,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bM",
        "$argon2id$v=19$m=65537,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=7,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
      })
  void notAHash_verified_nothingBelongsToIt(String phc) {
    assertFalse(PasswordHash.verify("password".toCharArray(), phc));
    assertFalse(PasswordHash.isUsable(phc));
  }
}
