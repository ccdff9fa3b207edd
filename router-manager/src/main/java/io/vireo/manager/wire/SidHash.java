package io.vireo.manager.wire;

import io.vireo.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 over the SID files of the class path: equal hashes mean equal schemas. Programs of
/// different hashes still work together, since unknown SIDs are passed over.
final class SidHash {
  /// Where the build of the records leaves the hash; a virtual router has no SID files.
  private static final String RESOURCE = "/META-INF/vireo/sid.sha256";

  static final Bytes VALUE = load();

  private SidHash() {}

  private static Bytes load() {
    try (InputStream in = SidHash.class.getResourceAsStream(RESOURCE)) {
      byte[] content = in == null ? new byte[0] : in.readAllBytes();
      return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (IOException | NoSuchAlgorithmException failed) {
      throw new IllegalStateException("the program's own files can't be read", failed);
    }
  }
}
