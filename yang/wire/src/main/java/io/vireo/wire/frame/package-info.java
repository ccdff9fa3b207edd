/// Preface and frames, shared by rsock and vr-control.
///
/// *Purpose.* A connection starts with eight bytes each way ([Preface]); then both sides send
/// frames: a fixed little-endian header ([FrameHeader]) and a payload of at most
/// [FrameHeader#MAX_PAYLOAD] bytes.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// |                        payload length                         |
/// +---------------+---------------+-------------------------------+
/// |     type      |     flags     |          reserved = 0         |
/// +---------------+---------------+-------------------------------+
/// |                           stream id                           |
/// +---------------------------------------------------------------+
/// |                          request id                           |
/// +---------------------------------------------------------------+
/// ```
///
/// *Types.* [FrameEncoder] and [FrameDecoder] are pure and work on buffers, for event loops.
/// [FrameChannel] puts both on a blocking channel, for threads. [Envelope] is the one-entry map by
/// which most payloads name an rpc or notification.
///
/// *Owner thread.* A decoder belongs to one thread. A [FrameChannel] may be sent on by any thread
/// and received from by one.
///
/// *Invariants.* A length is checked before memory is taken for it, and memory is taken as bytes
/// arrive. A frame of unknown type is dropped when its sender flagged it skippable, and ends the
/// connection otherwise. A [FrameException] ends the connection.
///
/// *Left out.* What the bodies say: see the YANG modules `vireo-rsock` and `vireo-vr-control`.
@NullMarked
package io.vireo.wire.frame;

import org.jspecify.annotations.NullMarked;
