package io.vireo.ssh;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
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

  private AlgorithmPolicy() {}

  static List<KeyExchangeFactory> keyExchanges() {
    return supported(KEY_EXCHANGES, ServerBuilder.DH2KEX::apply);
  }

  static List<NamedFactory<Cipher>> ciphers() {
    return supported(CIPHERS, cipher -> cipher);
  }

  static List<NamedFactory<Mac>> macs() {
    return supported(MACS, mac -> mac);
  }

  static List<NamedFactory<Signature>> signatures() {
    return supported(SIGNATURES, signature -> signature);
  }

  private static <F extends OptionalFeature, T> List<T> supported(
      List<F> wanted, Function<F, T> factory) {
    Predicate<F> isSupported = OptionalFeature::isSupported;
    return wanted.stream().filter(isSupported).map(factory).toList();
  }
}
