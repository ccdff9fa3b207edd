package io.vireo.manager.guard;

import io.vireo.manager.HostCommand;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A user of the host that one kind of process runs as; it owns nothing else and cannot log in.
///
/// @param name the user's name and its group's
public record SystemAccount(String name, int uid, int gid) {
  /// The router manager's user.
  static final String MANAGER = "vireo";

  /// The virtual routers' user.
  static final String ROUTER = "vireo-vr";

  /// Finds the account, or makes it and says so.
  static SystemAccount require(String name, Consumer<String> say) throws StartupException {
    try {
      SystemAccount found = lookup(name);
      if (found != null) {
        return found;
      }
      HostCommand.run(
          "useradd",
          "--system",
          "--user-group",
          "--no-create-home",
          "--home-dir",
          "/nonexistent",
          "--shell",
          "/usr/sbin/nologin",
          name);
      say.accept("made the system user " + name);
      SystemAccount made = lookup(name);
      if (made != null) {
        return made;
      }
      throw new StartupException("the system user " + name + " was made and cannot be found");
    } catch (IOException failed) {
      throw new StartupException(
          "the system user "
              + name
              + " is needed and could not be made ("
              + failed.getMessage()
              + "): make it with useradd --system --user-group "
              + name,
          failed);
    }
  }

  private static @Nullable SystemAccount lookup(String name) throws IOException {
    String line;
    try {
      line = HostCommand.run("getent", "passwd", name);
    } catch (IOException absent) {
      return null;
    }
    String[] fields = line.split(":", -1);
    if (fields.length < 4) {
      throw new IOException("the passwd entry of " + name + " is '" + line + "'");
    }
    return new SystemAccount(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
  }
}
