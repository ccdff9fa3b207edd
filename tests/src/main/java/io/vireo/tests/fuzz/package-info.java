/// Targets of a coverage-guided fuzzer (Jazzer), as `./vireo soak dataplane` runs them: what comes
/// from outside, byte by byte, into what reads it. A target throws where something is wrong.
@NullMarked
package io.vireo.tests.fuzz;

import org.jspecify.annotations.NullMarked;
