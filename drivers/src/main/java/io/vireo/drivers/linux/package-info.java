/// The system calls Vireo makes that the Java library does not offer.
///
/// **Purpose.** Packet sockets, memory mappings, `poll`, eventfds, and AF_UNIX sockets that carry
/// descriptors and name their peer. The guard, `vr-control` and every driver share this package.
///
/// **How.** [Libc] is a JNA direct mapping: about 100 ns a call, so for set-up and control. The two
/// calls made once per vector (`poll`, the transmit kick) go through `java.lang.foreign` in
/// [VectorCalls]. Structures are laid out in native segments by named offsets; no JNA `Structure`
/// or `Pointer` appears. JNA finds its library in `jna.boot.library.path`; nothing here needs it
/// unpacked.
///
/// **Errors.** A failing call becomes a [LinuxException], which names the call, its object and the
/// [Errno]. `EINTR` is retried where the call may block.
///
/// **Threads.** All stateless, except [UnixSocket] (one reader and one writer at a time, any thread
/// may close) and [PollSet] (owned by one thread).
///
/// **Limits.** 64-bit little-endian Linux (x86-64, AArch64): the structure offsets are those ABIs'.
@NullMarked
package io.vireo.drivers.linux;

import org.jspecify.annotations.NullMarked;
