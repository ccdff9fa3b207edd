/// The router's configuration: read from generated records into values the data plane takes, in two
/// phases.
///
/// *Prepare* ([RouterConfig#of]) checks everything that can be wrong on the caller's thread and
/// refuses with a path and a message. *Apply* ([ConfigApplier]) runs on the worker and cannot fail:
/// an interface whose port is not there stays down. The whole configuration is given each time;
/// applying the same one again changes nothing.
@NullMarked
package io.vireo.vr.config;

import org.jspecify.annotations.NullMarked;
