package io.vireo.manager.door;

import io.vireo.records.device.ietfkeystore.Keystore;
import io.vireo.records.device.ietfkeystore.Keystore.AsymmetricKeys.AsymmetricKey;
import io.vireo.records.device.vireosshserver.SshServer.Endpoint.SshServerParameters.ServerIdentity.HostKey;
import io.vireo.records.device.vireosshserver.SshServer.Endpoint.SshServerParameters.ServerIdentity.HostKey.HostKeyTypeChoice;
import io.vireo.records.device.vireosshserver.SshServer.Endpoint.SshServerParameters.ServerIdentity.HostKey.PublicKey;
import io.vireo.records.device.vireosshserver.SshServer.Endpoint.SshServerParameters.ServerIdentity.HostKey.PublicKey.InlineDefinition;
import io.vireo.records.device.vireosshserver.SshServer.Endpoint.SshServerParameters.ServerIdentity.HostKey.PublicKey.InlineOrKeystoreChoice;
import io.vireo.ssh.PrivateKeys;
import io.vireo.wire.Bytes;
import io.vireo.wire.Identity;
import java.io.IOException;
import java.security.KeyPair;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Host keys of the configuration: inline, or in the keystore (RFC 9642 §2.1).
final class HostKeys {
  private final @Nullable Keystore keystore;

  HostKeys(@Nullable Keystore keystore) {
    this.keystore = keystore;
  }

  /// What ietf-crypto-types says of a key pair (RFC 9640 §2.1.4).
  private record Material(
      @Nullable Identity publicFormat,
      @Nullable Bytes publicKey,
      @Nullable Identity privateFormat,
      @Nullable Bytes privateKey) {}

  /// The key pair of a host key. The error says what is wrong with it.
  KeyPair read(HostKey hostKey) throws IOException {
    Material material = material(hostKey);
    Bytes privateKey = material.privateKey();
    Identity format = material.privateFormat();
    if (privateKey == null || format == null) {
      throw new IOException("it has no private key: set cleartext-private-key and its format");
    }
    KeyPair pair = PrivateKeys.read(form(format), privateKey.toByteArray());
    Bytes publicKey = material.publicKey();
    if (publicKey != null
        && !MessageDigest.isEqual(publicKey.toByteArray(), PrivateKeys.publicBlob(pair))) {
      throw new IOException("its public key is not that of its private key");
    }
    return pair;
  }

  private Material material(HostKey hostKey) throws IOException {
    if (!(hostKey.hostKeyType() instanceof HostKeyTypeChoice.PublicKey way)) {
      throw new IOException("it has no key");
    }
    PublicKey given = way.publicKey();
    InlineOrKeystoreChoice where = given == null ? null : given.inlineOrKeystore();
    return switch (where) {
      case InlineOrKeystoreChoice.Inline inline -> inline(inline.inlineDefinition());
      case InlineOrKeystoreChoice.CentralKeystore reference ->
          stored(reference.centralKeystoreReference());
      case null -> throw new IOException("it has no key");
    };
  }

  private static Material inline(@Nullable InlineDefinition given) throws IOException {
    if (given == null) {
      throw new IOException("it has no key");
    }
    return new Material(
        given.publicKeyFormat(),
        given.publicKey(),
        given.privateKeyFormat(),
        given.privateKeyType()
                instanceof InlineDefinition.PrivateKeyTypeChoice.CleartextPrivateKey cleartext
            ? cleartext.cleartextPrivateKey()
            : null);
  }

  private Material stored(@Nullable String name) throws IOException {
    Keystore.AsymmetricKeys keys = keystore == null ? null : keystore.asymmetricKeys();
    if (keys != null && name != null) {
      for (AsymmetricKey key : keys.asymmetricKey()) {
        if (key.name().equals(name)) {
          return new Material(
              key.publicKeyFormat(),
              key.publicKey(),
              key.privateKeyFormat(),
              key.privateKeyType()
                      instanceof AsymmetricKey.PrivateKeyTypeChoice.CleartextPrivateKey cleartext
                  ? cleartext.cleartextPrivateKey()
                  : null);
        }
      }
    }
    throw new IOException("the keystore has no asymmetric key " + name);
  }

  private static PrivateKeys.Form form(Identity format) throws IOException {
    String name = format.yangName();
    return switch (name.substring(name.indexOf(':') + 1)) {
      case "rsa-private-key-format" -> PrivateKeys.Form.RSA;
      case "ec-private-key-format" -> PrivateKeys.Form.EC;
      case "one-asymmetric-key-format" -> PrivateKeys.Form.ONE_ASYMMETRIC_KEY;
      default ->
          throw new IOException(
              "private keys of format "
                  + name
                  + " are not supported: use one-asymmetric-key-format (PKCS #8)");
    };
  }
}
