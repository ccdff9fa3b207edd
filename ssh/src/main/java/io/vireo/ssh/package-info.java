/// The one SSH endpoint of the router manager (RFC 4251 to 4254): every management door that a
/// person or a program reaches over SSH is a channel of it.
///
/// **Doors.** A door is a function from a channel to its end: [SubsystemDoor] serves a subsystem
/// such as `netconf` (RFC 6242 §3), [ShellDoor] serves an interactive shell or one command. Both
/// are called on a virtual thread of their own and may block: reading waits for the client, writing
/// waits until the client's window and the network take the bytes, which is the back-pressure to a
/// slow reader. When the door returns, the channel is closed; when the client goes away, reads end
/// and writes fail and the door's thread is interrupted.
///
/// **Listeners.** [SshEndpoint] opens any number of [SshListener]s, each an address with the doors
/// that it offers. A listener that can't be opened is an error that names the address.
///
/// **Log-in.** Users come from [io.vireo.datastore.api.UserDirectory] at each attempt, so that a
/// commit has effect at once. Public keys, and passwords as argon2id hashes ([PasswordHash]), which
/// are computed on threads of their own: a log-in never delays another session. [LoginThrottle]
/// slows an address that guesses, [SessionLimits] bounds sessions in total, per user and per
/// address. [AlgorithmPolicy] lists what is negotiated; nothing weak is in it.
///
/// **Audit.** Each log-in, refusal, channel and log-out is one [AuditEvent] on the logger
/// `io.vireo.audit`; never a password, key or payload.
///
/// Threads: MINA's NIO workers run the transport and never a door. Bounds: packets and windows by
/// [SshSettings]; no forwarding of ports, agents or X11. Left out: keyboard-interactive,
/// certificates, host keys other than ed25519, listening inside a virtual router.
@NullMarked
package io.vireo.ssh;

import org.jspecify.annotations.NullMarked;
