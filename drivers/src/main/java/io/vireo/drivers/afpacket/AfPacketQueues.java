package io.vireo.drivers.afpacket;

import io.vireo.drivers.Port;
import io.vireo.drivers.QueuedPort;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.LinuxException;

/// A port on several packet sockets that share a device's frames by flow.
public final class AfPacketQueues extends QueuedPort {
  private final AfPacketPort[] queues;

  private AfPacketQueues(AfPacketPort[] queues) {
    this.queues = queues;
  }

  /// Maps the rings of sockets that [AfPacketSocket] opened together and takes their descriptors
  /// over, whatever happens.
  ///
  /// @param name the port's name in the device tree
  /// @param geometry what they were opened with
  public static Port attach(String name, int[] fds, RingGeometry geometry) throws LinuxException {
    AfPacketPort[] queues = new AfPacketPort[fds.length];
    int made = 0;
    try {
      while (made < fds.length) {
        queues[made] = AfPacketPort.attach(name, fds[made], geometry);
        made++;
      }
    } catch (LinuxException | RuntimeException refused) {
      for (int i = 0; i < fds.length; i++) {
        if (i < made) {
          queues[i].close();
        } else {
          Descriptors.close(fds[i]);
        }
      }
      throw refused;
    }
    return fds.length == 1 ? queues[0] : new AfPacketQueues(queues);
  }

  @Override
  public int queueCount() {
    return queues.length;
  }

  @Override
  public Port queue(int number) {
    return queues[number];
  }

  @Override
  public String name() {
    return queues[0].name();
  }

  @Override
  public long mac() {
    return queues[0].mac();
  }

  @Override
  public int mtuBytes() {
    return queues[0].mtuBytes();
  }

  @Override
  public boolean linkUp() {
    return queues[0].linkUp();
  }

  @Override
  public boolean isLinkAnnounced() {
    return true;
  }

  @Override
  public void close() {
    for (AfPacketPort each : queues) {
      each.close();
    }
  }
}
