package io.vireo.ssh;

import java.io.IOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.server.ServerBuilder;

/// What is negotiated, best first, as RFC 9142 recommends: hybrid post-quantum key exchange, then
/// elliptic curves and large groups; no SHA-1, CBC, RC4, 3DES or DSA. MINA adds strict key exchange
/// by itself.
///
/// No ChaCha20 either, which OpenSSH would choose: it is strong, but without the processor's help
/// here, and takes five times as long as AES.
final class AlgorithmPolicy {
  private static final List<BuiltinDHFactories> KEY_EXCHANGES =
      List.of(
          BuiltinDHFactories.mlkem768x25519,
          BuiltinDHFactories.sntrup761x25519,
          BuiltinDHFactories.sntrup761x25519_openssh,
          BuiltinDHFactories.mlkem768nistp256,
          BuiltinDHFactories.mlkem1024nistp384,
          BuiltinDHFactories.curve25519,
          BuiltinDHFactories.curve25519_libssh,
          BuiltinDHFactories.curve448,
          BuiltinDHFactories.ecdhp256,
          BuiltinDHFactories.ecdhp384,
          BuiltinDHFactories.ecdhp521,
          BuiltinDHFactories.dhg16_512,
          BuiltinDHFactories.dhg18_512,
          BuiltinDHFactories.dhg14_256);

  private static final List<BuiltinCiphers> CIPHERS =
      List.of(
          BuiltinCiphers.aes256gcm,
          BuiltinCiphers.aes128gcm,
          BuiltinCiphers.aes256ctr,
          BuiltinCiphers.aes192ctr,
          BuiltinCiphers.aes128ctr);

  private static final List<BuiltinMacs> MACS =
      List.of(
          BuiltinMacs.hmacsha256etm,
          BuiltinMacs.hmacsha512etm,
          BuiltinMacs.hmacsha256,
          BuiltinMacs.hmacsha512);

  private static final List<BuiltinSignatures> SIGNATURES =
      List.of(
          BuiltinSignatures.ed25519,
          BuiltinSignatures.sk_ssh_ed25519,
          BuiltinSignatures.nistp256,
          BuiltinSignatures.nistp384,
          BuiltinSignatures.nistp521,
          BuiltinSignatures.sk_ecdsa_sha2_nistp256,
          BuiltinSignatures.rsaSHA512,
          BuiltinSignatures.rsaSHA256);

  /// The names that RFC 5647 gives to what is negotiated as `@openssh.com`.
  private static final Map<String, String> NAMESAKES =
      Map.of(
          "AEAD_AES_128_GCM", BuiltinCiphers.aes128gcm.getName(),
          "AEAD_AES_256_GCM", BuiltinCiphers.aes256gcm.getName());

  private final List<KeyExchangeFactory> keyExchanges;
  private final List<NamedFactory<Cipher>> ciphers;
  private final List<NamedFactory<Mac>> macs;
  private final List<NamedFactory<Signature>> signatures;

  private AlgorithmPolicy(
      List<KeyExchangeFactory> keyExchanges,
      List<NamedFactory<Cipher>> ciphers,
      List<NamedFactory<Mac>> macs,
      List<NamedFactory<Signature>> signatures) {
    this.keyExchanges = keyExchanges;
    this.ciphers = ciphers;
    this.macs = macs;
    this.signatures = signatures;
  }

  /// What a listener negotiates: its choice among what is strong enough, or all of that.
  ///
  /// @param keys its host keys, each of which must find one that signs with it
  static AlgorithmPolicy of(SshTransport transport, List<KeyPair> keys) throws IOException {
    AlgorithmPolicy policy =
        new AlgorithmPolicy(
            chosen(
                "key exchange",
                transport.keyExchanges(),
                supported(KEY_EXCHANGES, ServerBuilder.DH2KEX::apply)),
            chosen("cipher", transport.ciphers(), supported(CIPHERS, cipher -> cipher)),
            chosen("MAC", transport.macs(), supported(MACS, mac -> mac)),
            chosen("host key", transport.hostKeyAlgorithms(), allSignatures()));
    for (KeyPair key : keys) {
      if (signaturesOf(key).stream().noneMatch(policy::signs)) {
        throw new IOException(
            "no host key algorithm is left for the key of type "
                + KeyUtils.getKeyType(key)
                + ": add one of "
                + String.join(", ", signaturesOf(key)));
      }
    }
    return policy;
  }

  private boolean signs(String algorithm) {
    return signatures.stream().anyMatch(each -> each.getName().equals(algorithm));
  }

  List<KeyExchangeFactory> keyExchanges() {
    return keyExchanges;
  }

  List<NamedFactory<Cipher>> ciphers() {
    return ciphers;
  }

  List<NamedFactory<Mac>> macs() {
    return macs;
  }

  List<NamedFactory<Signature>> signatures() {
    return signatures;
  }

  /// The algorithms that sign with a key.
  static List<String> signaturesOf(KeyPair key) {
    List<String> names = KeyUtils.getAllEquivalentKeyTypes(KeyUtils.getKeyType(key));
    return allSignatures().stream().map(NamedResource::getName).filter(names::contains).toList();
  }

  /// For users' keys too.
  static List<NamedFactory<Signature>> allSignatures() {
    return supported(SIGNATURES, signature -> signature);
  }

  private static <T extends NamedResource> List<T> chosen(
      String kind, List<String> names, List<T> strong) throws IOException {
    List<T> chosen = new ArrayList<>();
    for (String name : names) {
      T found =
          NamedResource.findFirstMatchByName(
              List.of(NAMESAKES.getOrDefault(name, name)), String::compareTo, strong);
      if (found == null) {
        throw new IOException(
            kind
                + " algorithm "
                + name
                + " is not supported, or too weak: choose among "
                + NamedResource.getNames(strong));
      }
      chosen.add(found);
    }
    return chosen.isEmpty() ? strong : chosen;
  }

  private static <F extends OptionalFeature, T> List<T> supported(
      List<F> wanted, Function<F, T> factory) {
    Predicate<F> isSupported = OptionalFeature::isSupported;
    return wanted.stream().filter(isSupported).map(factory).toList();
  }
}
