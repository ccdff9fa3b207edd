package io.vireo.ssh;

import org.jspecify.annotations.Nullable;

/// The name that a client logs in with: a user's, and where a `%` follows, what part of the device
/// the session is to be about: `admin%blue`. No user's name has a `%`.
///
/// @param user who is to be authenticated
/// @param scope what follows the `%`, which may be anything; null: the device as a whole
record LoginName(String user, @Nullable String scope) {
  static LoginName of(String text) {
    int mark = text.indexOf('%');
    return mark < 0
        ? new LoginName(text, null)
        : new LoginName(text.substring(0, mark), text.substring(mark + 1));
  }
}
