/// RFC 6242 framing: a byte stream as a sequence of messages.
///
/// [MessageInput] gives one `InputStream` a message, decoded while it is read, so that a message is
/// never held whole; [MessageOutput] takes the bytes of one message after the other. Both
/// mechanisms are here: `]]>]]>` after each message (§4.3, base:1.0) and chunks (§4.2, base:1.1).
///
/// Owner: the session's thread. Bounds: the octets of a message; a chunk's announced size alone
/// costs nothing. Anything that breaks the framing is a [FramingException], which ends the session
/// (§4.2): nothing is skipped and no attempt is made to find the next message.
@NullMarked
package io.vireo.netconf.framing;

import org.jspecify.annotations.NullMarked;
