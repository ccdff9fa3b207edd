/// The virtual router's process, `vireo-vr NAME`, as user `vireo-vr`.
///
/// *Purpose.* [VirtualRouterMain] puts the router, the manager's door to it (vr-control) and the
/// applications' door (rsock) together; everything else is theirs. Small: whatever is loaded here
/// is paid for by every router.
///
/// *Owner thread.* The main thread starts and then waits for the end.
@NullMarked
package io.vireo.manager.vr;

import org.jspecify.annotations.NullMarked;
