package io.vireo.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/// The endpoint's ed25519 host key (RFC 8709), in a file of OpenSSH's form that only its owner may
/// read. Made at the first start; a file appears whole or not at all.
final class HostKey {
  private static final String ALGORITHM = "ssh-ed25519";
  private static final int BITS = 256;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private HostKey() {}

  /// Reads the key, or makes it when there is no file.
  static KeyPair loadOrCreate(Path file) throws IOException {
    try {
      requireOwnerOnly(file);
      return load(file);
    } catch (NoSuchFileException e) {
      return create(file); // the first start
    }
  }

  private static void requireOwnerOnly(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new IOException(
          "host key "
              + file
              + " has mode "
              + PosixFilePermissions.toString(permissions)
              + " and may be known to others: move it away (a new one is made at start), or run"
              + " chmod 600 on it");
    }
  }

  private static KeyPair load(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Iterable<KeyPair> keys =
          SecurityUtils.loadKeyPairIdentities(
              null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY);
      Iterator<KeyPair> iterator = keys == null ? null : keys.iterator();
      if (iterator != null && iterator.hasNext()) {
        return iterator.next();
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException(damaged(file), e);
    }
    throw new IOException(damaged(file));
  }

  private static String damaged(Path file) {
    return "host key "
        + file
        + " can't be read as an OpenSSH private key: restore it, or move it away and a new one is"
        + " made at start";
  }

  private static KeyPair create(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.resolveSibling(".");
    Files.createDirectories(directory);
    KeyPair key;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      key = KeyUtils.generateKeyPair(ALGORITHM, BITS);
      new OpenSSHKeyPairResourceWriter().writePrivateKey(key, "vireo", null, text);
    } catch (GeneralSecurityException e) {
      throw new IOException("an ed25519 host key can't be made", e);
    }
    Path temporary =
        Files.createTempFile(
            directory, ".host-key", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.toByteArray());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true); // the name is on disk too
    }
    return key;
  }
}
