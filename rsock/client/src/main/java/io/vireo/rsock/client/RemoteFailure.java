package io.vireo.rsock.client;

import java.io.IOException;

/// Why a router refused something.
record RemoteFailure(int errno, String message) {

  /// The refusal of `call` as an exception.
  IOException toException(String call, Router router) {
    return SocketErrors.exception(errno, call, router, message);
  }
}
