/// Command lines: which class path, JVM options and native libraries each kind of process gets.
///
/// *Purpose.* The build leaves a [LaunchKit]; [JavaCommand] turns it into the command of the
/// manager or of a virtual router, whose memory and collector come from a [RunProfile].
///
/// *Invariants.* A virtual router's class path never holds YANG Tools. Nothing secret is ever an
/// argument. A missing or unfit AOT cache costs time, not the start.
///
/// *Owner thread.* Stateless.
@NullMarked
package io.vireo.manager.launch;

import org.jspecify.annotations.NullMarked;
