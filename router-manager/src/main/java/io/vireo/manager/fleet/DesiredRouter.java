package io.vireo.manager.fleet;

import io.vireo.manager.launch.RunProfile;

/// A virtual router as the device's configuration wants it.
///
/// @param name its name
/// @param enabled whether its process runs
/// @param profile how its process is run
/// @param workers how many threads forward, and where
public record DesiredRouter(
    String name, boolean enabled, RunProfile profile, DesiredWorkers workers) {}
