/// The rsock server: programs outside open sockets inside this virtual router.
///
/// *Purpose.* It runs in the virtual router's process, on one unix socket. [RsockServer] accepts,
/// [ClientConnection] has a connection's threads, [ClientSession] speaks the protocol without any,
/// [io.vireo.rsock.server.access] decides who may.
///
/// *Owner thread.* Two threads a connection: one reads and answers, one delivers. The data plane's
/// worker only lists a stream as ready ([ReadyStreams]): no lock, no allocation, no wait.
///
/// *Data in, data out.* Frames of [io.vireo.wire.frame] with messages generated from
/// `vireo-rsock.yang`; sockets of the router through [RouterSockets].
///
/// *Invariants.* What a program sends can end its own connection and nothing else. What waits for a
/// program that reads nothing is bounded: its credit, one datagram a socket, and the socket's
/// queue, beyond which datagrams are dropped and counted. The sockets of a connection that is over
/// are closed.
///
/// *Limits.* UDP; [ServerLimits]. Two threads a connection serve hundreds of programs; an event
/// loop takes their place with the in-band transport.
@NullMarked
package io.vireo.rsock.server;

import org.jspecify.annotations.NullMarked;
