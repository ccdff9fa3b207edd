package io.vireo.rsock.client;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;

/// Linux's error numbers as the exceptions that `java.net` throws for them on kernel sockets, so
/// that a program needs one set of catch clauses.
final class SocketErrors {
  static final int EACCES = 13;
  static final int EMFILE = 24;
  static final int EMSGSIZE = 90;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;
  static final int ENETUNREACH = 101;
  static final int ECONNRESET = 104;
  static final int ETIMEDOUT = 110;
  static final int ECONNREFUSED = 111;
  static final int EHOSTUNREACH = 113;

  private SocketErrors() {}

  /// The exception for `errno`.
  ///
  /// @param call what was tried: `bind`, `connect`, `send`
  /// @param why the router's words; they name the value
  static IOException exception(int errno, String call, Router router, String why) {
    String message = call + " in " + router + ": " + why + " (" + name(errno) + ")";
    return switch (errno) {
      case EADDRINUSE, EADDRNOTAVAIL -> new BindException(message);
      case EACCES ->
          call.equals("bind") ? new BindException(message) : new SocketException(message);
      case ECONNREFUSED ->
          call.equals("open")
              ? new ConnectException(message)
              : new PortUnreachableException(message);
      case EHOSTUNREACH -> new NoRouteToHostException(message);
      default -> new SocketException(message);
    };
  }

  /// The errno's name in C.
  static String name(int errno) {
    return switch (errno) {
      case EACCES -> "EACCES";
      case EMFILE -> "EMFILE";
      case EMSGSIZE -> "EMSGSIZE";
      case EADDRINUSE -> "EADDRINUSE";
      case EADDRNOTAVAIL -> "EADDRNOTAVAIL";
      case ENETUNREACH -> "ENETUNREACH";
      case ECONNRESET -> "ECONNRESET";
      case ETIMEDOUT -> "ETIMEDOUT";
      case ECONNREFUSED -> "ECONNREFUSED";
      case EHOSTUNREACH -> "EHOSTUNREACH";
      default -> "errno " + errno;
    };
  }
}
