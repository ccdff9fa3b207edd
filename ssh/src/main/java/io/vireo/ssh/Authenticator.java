package io.vireo.ssh;

import io.vireo.datastore.api.UserDirectory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;

/// Checks who a client says it is (RFC 4252 §7 and §8). Hashes of passwords are computed on
/// `hashing`, never on a transport thread; an unknown user costs as much time as a wrong password.
final class Authenticator implements PasswordAuthenticator, PublickeyAuthenticator {
  private final Supplier<String> listener;
  private final UserDirectory users;
  private final LoginThrottle throttle;
  private final ExecutorService hashing;

  Authenticator(
      Supplier<String> listener,
      UserDirectory users,
      LoginThrottle throttle,
      ExecutorService hashing) {
    this.listener = listener;
    this.users = users;
    this.throttle = throttle;
    this.hashing = hashing;
  }

  @Override
  public boolean authenticate(String name, String password, ServerSession session) {
    String address = Peer.address(session.getIoSession().getRemoteAddress());
    if (!throttle.mayTry(address, System.nanoTime())) {
      refused(name, session, "too many failed log-ins from this address");
      return false;
    }
    AsyncAuthException later = new AsyncAuthException();
    try {
      hashing.execute(() -> later.setAuthed(verifyOrRefuse(name, password, session)));
    } catch (RejectedExecutionException e) {
      refused(name, session, "too many log-ins at once");
      return false; // the queue is full: the client may try again
    }
    throw later;
  }

  /// Whatever happens, the client has its answer.
  private boolean verifyOrRefuse(String name, String password, ServerSession session) {
    try {
      return verify(name, password.toCharArray(), session);
    } catch (Throwable mistake) {
      refused(name, session, "an internal error: " + mistake);
      return false;
    }
  }

  private boolean verify(String name, char[] password, ServerSession session) {
    Optional<UserDirectory.User> user = users.find(LoginName.of(name).user());
    String hash = user.map(UserDirectory.User::passwordHash).orElse(null);
    if (hash == null) {
      PasswordHash.burn(password);
    } else if (!PasswordHash.isUsable(hash)) {
      PasswordHash.burn(password);
      refused(name, session, "the configured password-hash is unusable: m is 65536 at most");
    } else if (PasswordHash.verify(password, hash)) {
      return true;
    }
    throttle.onFailure(Peer.address(session.getIoSession().getRemoteAddress()), System.nanoTime());
    refused(name, session, "password");
    return false;
  }

  /// Whether a key is the user's; its signature is MINA's to check.
  @Override
  public boolean authenticate(String name, PublicKey key, ServerSession session) {
    String algorithm = KeyUtils.getKeyType(key);
    byte[] blob = blobOf(key);
    boolean known =
        users.find(LoginName.of(name).user()).stream()
            .flatMap(user -> user.authorizedKeys().stream())
            .anyMatch(authorized ->
                authorized.algorithm().equals(algorithm)
                    && MessageDigest.isEqual(authorized.blob(), blob));
    if (!known) {
      refused(name, session, "publickey " + KeyUtils.getFingerPrint(key));
    }
    return known;
  }

  /// RFC 4253 §6.6: the key's encoding.
  static byte[] blobOf(PublicKey key) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    return buffer.getCompactData();
  }

  private void refused(String name, ServerSession session, String why) {
    Audit.record(
        AuditEvent.LOGIN_REFUSED,
        listener.get(),
        name,
        Peer.text(session.getIoSession().getRemoteAddress()),
        why);
  }
}
