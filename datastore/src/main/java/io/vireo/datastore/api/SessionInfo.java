package io.vireo.datastore.api;

import java.time.Instant;

/// An open session, as `/netconf-state/sessions` of RFC 6022 lists it.
public record SessionInfo(int id, Caller caller, Instant loginTime) {}
