package io.vireo.ssh;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Passwords as argon2id hashes (RFC 9106) in the PHC string form:
/// `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`, salt and hash in Base64 without padding.
public final class PasswordHash {
  // 19 MiB and two passes: OWASP's floor, so that a log-in fits a small machine.
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  // Bounds on hashes from elsewhere: what verifying one may cost.
  private static final int MAX_MEMORY_KIB = 65_536;
  private static final long MAX_MEMORY_PASSES_KIB = 1_048_576;
  private static final int MAX_LANES = 16;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,4}),p=([0-9]{1,2})"
              + "\\$([A-Za-z0-9+/]{11,128})\\$([A-Za-z0-9+/]{16,128})");

  private PasswordHash() {}

  /// Hashes a password with a fresh salt.
  public static String create(char[] password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    byte[] hash =
        derive(password, new Parameters(MEMORY_KIB, PASSES, LANES, salt, new byte[HASH_BYTES]));
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + MEMORY_KIB
        + ",t="
        + PASSES
        + ",p="
        + LANES
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  /// Whether a password belongs to a hash, in a time that doesn't tell how much of it is right.
  /// Nothing belongs to a hash that isn't one.
  public static boolean verify(char[] password, String phc) {
    return parse(phc)
        .map(parameters -> MessageDigest.isEqual(parameters.hash(), derive(password, parameters)))
        .orElse(false);
  }

  /// Whether a password can belong to a hash at all: it is well-formed and its cost is bearable.
  public static boolean isUsable(String phc) {
    return parse(phc).isPresent();
  }

  /// Takes as long as [#verify] of a hash that [#create] made: for users that don't exist.
  public static void burn(char[] password) {
    derive(
        password,
        new Parameters(MEMORY_KIB, PASSES, LANES, new byte[SALT_BYTES], new byte[HASH_BYTES]));
  }

  private record Parameters(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {}

  private static Optional<Parameters> parse(String phc) {
    Matcher matcher = PHC.matcher(phc);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int memoryKib = Integer.parseInt(matcher.group(1));
    int passes = Integer.parseInt(matcher.group(2));
    int lanes = Integer.parseInt(matcher.group(3));
    // RFC 9106 §3.1: at least 8 KiB per lane, one pass, one lane.
    if (lanes < 1
        || lanes > MAX_LANES
        || passes < 1
        || memoryKib < 8 * lanes
        || memoryKib > MAX_MEMORY_KIB
        || (long) memoryKib * passes > MAX_MEMORY_PASSES_KIB) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Parameters(
              memoryKib,
              passes,
              lanes,
              Base64.getDecoder().decode(matcher.group(4)),
              Base64.getDecoder().decode(matcher.group(5))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not Base64: no password belongs to it
    }
  }

  private static byte[] derive(char[] password, Parameters parameters) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(parameters.memoryKib())
            .withIterations(parameters.passes())
            .withParallelism(parameters.lanes())
            .withSalt(parameters.salt())
            .build());
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] secret = new byte[encoded.remaining()];
    encoded.get(secret);
    byte[] hash = new byte[parameters.hash().length];
    try {
      generator.generateBytes(secret, hash);
      return hash;
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(encoded.array(), (byte) 0);
    }
  }
}
