package io.vireo.vr.forward;

/// How many packets a policer lets by.
///
/// @param ratePerSecond on average
/// @param burst at once
public record PolicerSettings(int ratePerSecond, int burst) {}
