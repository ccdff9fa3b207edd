package io.vireo.manager.fleet;

import java.util.List;

/// A port's device as the guard opened it, or what stands for one where there is none.
///
/// @param descriptors its packet sockets, one for each queue, or its conversation with the other
///   end of a link, this process's to close; may be none
/// @param macAddress its address, as `00:11:22:33:44:55`
/// @param mtuBytes its MTU
/// @param hostIndex its index in the host; 0: it is not there
/// @param up whether its link is up
public record GrantedPort(
    List<Integer> descriptors, String macAddress, int mtuBytes, long hostIndex, boolean up) {
  /// @return what a message takes along
  int[] toSend() {
    return descriptors.stream().mapToInt(Integer::intValue).toArray();
  }

  /// Of a port that the router makes by itself: its link comes when its peer does.
  static GrantedPort of(DesiredMemif memif) {
    return of(memif, List.of());
  }

  /// One end of a link, likewise.
  static GrantedPort of(DesiredMemif memif, int conversation) {
    return of(memif, List.of(conversation));
  }

  private static GrantedPort of(DesiredMemif memif, List<Integer> descriptors) {
    return new GrantedPort(descriptors, memif.macAddress(), memif.mtuBytes(), 0, false);
  }
}
