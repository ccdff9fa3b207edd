package io.vireo.manager.fleet;

/// A device as the guard opened it.
///
/// @param descriptor its packet socket, this process's to close
/// @param macAddress its address, as `00:11:22:33:44:55`
/// @param mtuBytes its MTU
/// @param hostIndex its index in the host
/// @param up whether its link is up
public record GrantedPort(
    int descriptor, String macAddress, int mtuBytes, long hostIndex, boolean up) {}
