package io.vireo.manager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The user made at the first start, on the way from the guard to the datastore: a file that only
/// root writes and the manager reads, which the guard deletes once the manager serves. So the
/// password is in no argument, environment or log.
///
/// @param name the user's name
/// @param password the password in the clear; null: the keys open a session
/// @param keys lines of an `authorized_keys` file (sshd(8)), comments and empty ones left out
public record FirstUser(String name, @Nullable String password, List<String> keys) {
  private static final String USER = "user ";
  private static final String PASSWORD = "password ";
  private static final String KEY = "key ";

  public FirstUser {
    keys = List.copyOf(keys);
    if (password == null && keys.isEmpty()) {
      throw new IllegalArgumentException("user " + name + " has neither a password nor a key");
    }
  }

  /// The file's content.
  public byte[] encode() {
    StringBuilder text = new StringBuilder(USER).append(name).append('\n');
    if (password != null) {
      text.append(PASSWORD).append(password).append('\n');
    }
    keys.forEach(key -> text.append(KEY).append(key).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Reads what [#encode] made; null when there is no file.
  public static @Nullable FirstUser read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    String name = "";
    String password = null;
    List<String> keys = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(USER)) {
        name = line.substring(USER.length());
      } else if (line.startsWith(PASSWORD)) {
        password = line.substring(PASSWORD.length());
      } else if (line.startsWith(KEY)) {
        keys.add(line.substring(KEY.length()));
      }
    }
    return new FirstUser(name, password, keys);
  }

  @Override
  public String toString() {
    return "first user " + name + (password == null ? ", " + keys.size() + " keys" : ", ***");
  }
}
