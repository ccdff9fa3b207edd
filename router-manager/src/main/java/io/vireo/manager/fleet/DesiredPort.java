package io.vireo.manager.fleet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A port as the device's configuration wants it.
///
/// @param name the interface's name, in the device's tree and in the router's
/// @param device the host's network device; the name again where there is none
/// @param router the virtual router that drives it
/// @param driver name of the driver's identity
/// @param queues how many queues it has
/// @param force take the device even if it carries the host's default route
/// @param memif how the ends of shared memory find each other; null: the port has a device
public record DesiredPort(
    String name,
    String device,
    String router,
    String driver,
    int queues,
    boolean force,
    @Nullable DesiredMemif memif) {
  /// What tells it from a port of the same name with other settings; says nothing of a secret.
  String token() {
    String secret = memif == null ? null : memif.secret();
    String text = this + (memif == null ? "" : " " + memif.describe()) + " " + secret;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /// The port at the other end of a link; null: it is no link.
  @Nullable String peer() {
    return memif == null ? null : memif.peer();
  }
}
