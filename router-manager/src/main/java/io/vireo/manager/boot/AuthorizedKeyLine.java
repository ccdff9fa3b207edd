package io.vireo.manager.boot;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of an `authorized_keys` file (sshd(8)): options, algorithm, key in Base64, comment.
///
/// @param algorithm name of the public key algorithm (RFC 4250 §4.11.3)
/// @param blob the public key blob (RFC 4253 §6.6)
/// @param comment what follows; empty: nothing
@SuppressWarnings("ArrayRecordComponent")
record AuthorizedKeyLine(String algorithm, byte[] blob, String comment) {
  private static final List<String> ALGORITHMS =
      List.of("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-", "sk-ssh-ed25519", "sk-ecdsa-sha2-");

  /// Null: the line holds no key that could be understood. Options are left out, as nothing here
  /// obeys them; a line with options that restrict what the key may do is not taken.
  static @Nullable AuthorizedKeyLine parse(String line) {
    String[] words = line.strip().split("\\s+", 3);
    if (words.length < 2 || ALGORITHMS.stream().noneMatch(words[0]::startsWith)) {
      return null;
    }
    try {
      byte[] blob = Base64.getDecoder().decode(words[1]);
      return new AuthorizedKeyLine(words[0], blob, words.length > 2 ? words[2] : "");
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
