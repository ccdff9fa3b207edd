package io.vireo.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.RSAKey;
import java.util.Base64;
import java.util.Iterator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.SecurityUtils;

/// Host keys in the forms of ietf-crypto-types (RFC 9640 §2.2).
public final class PrivateKeys {
  private static final int MIN_RSA_BITS = 2048;

  private PrivateKeys() {}

  /// A private key's form, all DER.
  public enum Form {
    /// RSAPrivateKey (RFC 8017).
    RSA("RSA PRIVATE KEY"),
    /// ECPrivateKey (RFC 5915).
    EC("EC PRIVATE KEY"),
    /// OneAsymmetricKey (RFC 5958), of any algorithm.
    ONE_ASYMMETRIC_KEY("PRIVATE KEY");

    private final String label;

    Form(String label) {
      this.label = label;
    }
  }

  /// The key pair of a private key. The error says what is wrong with it, and nothing of it.
  public static KeyPair read(Form form, byte[] der) throws IOException {
    String pem =
        "-----BEGIN "
            + form.label
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + form.label
            + "-----\n";
    KeyPair key = load(form, pem.getBytes(StandardCharsets.US_ASCII));
    if (key.getPublic() instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw new IOException(
          "an RSA key of "
              + rsa.getModulus().bitLength()
              + " bits is too weak: make one of "
              + MIN_RSA_BITS
              + " or more");
    }
    if (AlgorithmPolicy.signaturesOf(key).isEmpty()) {
      throw new IOException(
          "a key of type "
              + KeyUtils.getKeyType(key)
              + " is not supported: choose ed25519, ecdsa or rsa");
    }
    return key;
  }

  private static KeyPair load(Form form, byte[] pem) throws IOException {
    try {
      Iterable<KeyPair> keys =
          SecurityUtils.loadKeyPairIdentities(
              null,
              NamedResource.ofName("host key"),
              new ByteArrayInputStream(pem),
              FilePasswordProvider.EMPTY);
      Iterator<KeyPair> iterator = keys == null ? null : keys.iterator();
      if (iterator != null && iterator.hasNext()) {
        return iterator.next();
      }
    } catch (GeneralSecurityException | IOException | RuntimeException unreadable) {
      // Not as the cause: parsers' messages may quote what they read.
    }
    throw new IOException("it can't be read as DER of \"" + form.label + "\"");
  }

  /// The public half as SSH writes it (RFC 4253 §6.6).
  public static byte[] publicBlob(KeyPair key) {
    return Authenticator.blobOf(key.getPublic());
  }
}
