package io.vireo.datastore.api;

import java.time.Instant;

/// A lock held, as `/netconf-state/datastores` of RFC 6022 lists it.
public record LockInfo(Datastore datastore, int session, Instant lockedTime) {}
