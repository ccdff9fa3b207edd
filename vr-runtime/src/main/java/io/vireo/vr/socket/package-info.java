/// The socket layer: the one API through which rsock, routing protocols and the router's own
/// services send and receive.
///
/// **Threads.** Any thread may call a socket. Control calls (open, bind, connect, close) run on the
/// worker, the caller waits. Data crosses by one bounded single-producer queue each way and socket,
/// so a slow application can only lose its own datagrams. Listeners run on the worker: they wake
/// their application and return.
///
/// **Errors** are `SocketException`s with Linux's errno names; ICMP errors reach the socket whose
/// packet caused them (RFC 1122 §4.1.3.3) as its pending error.
///
/// **Limits.** IPv4 UDP and ICMP echo; no fragments are reassembled, so datagrams fit the MTU.
@NullMarked
package io.vireo.vr.socket;

import org.jspecify.annotations.NullMarked;
