/// The rules file: which of a program's sockets live in which router.
///
/// *Purpose.* `RSOCK_RULES` names a text file, a rule a line; the first that matches a socket
/// decides. [RulesFile] reads it and reads it again when it changes, [SocketRules] decides. The
/// format stands in `docs/rsock.md`.
///
/// *Owner thread.* [RulesFile] has a thread that watches and calls its listeners; all else is
/// immutable.
///
/// *Invariants.* Rules that do not parse never come into force. A decision reads one snapshot.
///
/// *Limits.* 10,000 rules, 4 MiB. Address literals only.
@NullMarked
package io.vireo.rsock.client.rules;

import org.jspecify.annotations.NullMarked;
