package io.vireo.manager.fleet;

/// A port's device as the guard opened it, or what stands for one where there is none.
///
/// @param descriptor its packet socket, or its conversation with the other end of a link, this
///   process's to close; -1: there is none
/// @param macAddress its address, as `00:11:22:33:44:55`
/// @param mtuBytes its MTU
/// @param hostIndex its index in the host; 0: it is not there
/// @param up whether its link is up
public record GrantedPort(
    int descriptor, String macAddress, int mtuBytes, long hostIndex, boolean up) {
  /// Of a port that the router makes by itself: its link comes when its peer does.
  static GrantedPort of(DesiredMemif memif) {
    return of(memif, -1);
  }

  /// One end of a link, likewise.
  static GrantedPort of(DesiredMemif memif, int conversation) {
    return new GrantedPort(conversation, memif.macAddress(), memif.mtuBytes(), 0, false);
  }
}
