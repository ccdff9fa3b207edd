/// The doors: what the configuration wants of the SSH endpoint (`vireo-ssh-server`), and how a
/// commit changes it while sessions are open.
@NullMarked
package io.vireo.manager.door;

import org.jspecify.annotations.NullMarked;
