package io.vireo.manager.guard;

import io.vireo.manager.FirstUser;
import io.vireo.manager.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides how the first user proves who they are: what the command line says, else the invoking
/// user's own authorized keys, else a password made here and shown once. There is no default
/// password.
///
/// @param user the user to make
/// @param generated whether the password was made here, so that it must be shown
/// @param source where the credentials come from, in words
record FirstCredentials(FirstUser user, boolean generated, String source) {
  // No characters that look like one another.
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int GENERATED_LENGTH = 20;

  /// The user at whose wish root runs this.
  static String invoker() {
    String sudo = System.getenv("SUDO_USER");
    return sudo == null || sudo.isBlank() ? System.getProperty("user.name", "root") : sudo;
  }

  static FirstCredentials choose(RunOptions options) throws StartupException {
    Path keyFile = options.authorizedKeys();
    Path passwordFile = options.passwordFile();
    if (keyFile != null) {
      List<String> keys = readKeys(keyFile);
      if (keys.isEmpty()) {
        throw new StartupException(
            "--authorized-keys "
                + keyFile
                + " holds no key: put a line such as 'ssh-ed25519 AAAA..."
                + "' into it");
      }
      return new FirstCredentials(
          new FirstUser(options.firstUser(), null, keys), false, keyFile.toString());
    }
    if (passwordFile != null) {
      return new FirstCredentials(
          new FirstUser(options.firstUser(), readPassword(passwordFile), List.of()),
          false,
          passwordFile.toString());
    }
    Path own = ownKeys();
    if (own != null && Files.isRegularFile(own)) {
      List<String> keys = readKeys(own);
      if (!keys.isEmpty()) {
        return new FirstCredentials(
            new FirstUser(options.firstUser(), null, keys), false, own.toString());
      }
    }
    return new FirstCredentials(
        new FirstUser(options.firstUser(), generate(), List.of()), true, "made for this start");
  }

  /// The password of an earlier start that nobody was shown, where this one only made another: the
  /// datastore may have the earlier one already.
  FirstCredentials orEarlier(FirstUser earlier) {
    boolean same = earlier.password() != null && earlier.name().equals(user.name());
    return generated && same ? new FirstCredentials(earlier, true, source) : this;
  }

  private static List<String> readKeys(Path file) throws StartupException {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException failed) {
      throw new StartupException("authorized keys: can't read " + failed.getMessage(), failed);
    }
  }

  private static String readPassword(Path file) throws StartupException {
    try {
      String first = Files.readAllLines(file).stream().findFirst().orElse("");
      if (first.isEmpty()) {
        throw new StartupException(
            "--password-file " + file + ": its first line is empty; put the password there");
      }
      return first;
    } catch (IOException failed) {
      throw new StartupException("--password-file: can't read " + failed.getMessage(), failed);
    }
  }

  private static @Nullable Path ownKeys() {
    try {
      String[] entry = HostCommand.run("getent", "passwd", invoker()).split(":", -1);
      return entry.length > 5 ? Path.of(entry[5], ".ssh", "authorized_keys") : null;
    } catch (IOException noSuchUser) {
      return null;
    }
  }

  private static String generate() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < GENERATED_LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }
}
