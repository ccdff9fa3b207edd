/// Lines of words: what may come next, what was meant, what is wrong.
///
/// A grammar is a graph of [Place]s made as it is walked: each says which [Step]s may follow and
/// whether a line may end there. [LineMatcher] walks it along the words of a line, in all ways at
/// once; the same walk answers what a line means, what fits (`?`, Tab) and where it went wrong.
/// Nothing here knows of YANG, of terminals or of sessions; values only, no thread.
@NullMarked
package io.vireo.cli.grammar;

import org.jspecify.annotations.NullMarked;
