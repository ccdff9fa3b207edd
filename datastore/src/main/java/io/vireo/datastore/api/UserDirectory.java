package io.vireo.datastore.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may log in, as running says now. Safe from any thread; answers from memory.
@FunctionalInterface
public interface UserDirectory {
  /// The user of a name, or nothing.
  Optional<User> find(String name);

  /// A local user.
  ///
  /// @param name the user's name
  /// @param passwordHash argon2id hash in PHC form; null: no password opens a session
  /// @param authorizedKeys public keys that open a session
  record User(String name, @Nullable String passwordHash, List<AuthorizedKey> authorizedKeys) {
    public User {
      authorizedKeys = List.copyOf(authorizedKeys);
    }

    @Override
    public String toString() {
      return "user " + name;
    }
  }

  /// A public key.
  ///
  /// @param algorithm its name (RFC 4250 §4.11.3): `ssh-ed25519`
  /// @param blob its encoding (RFC 4253 §6.6)
  record AuthorizedKey(String algorithm, byte[] blob) {}
}
