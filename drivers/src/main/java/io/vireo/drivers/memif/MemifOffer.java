package io.vireo.drivers.memif;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client has offered a server so far: who it is, its memory, its rings.
final class MemifOffer implements AutoCloseable {
  private final MemifConfig config;
  private final MemifRegions regions = new MemifRegions();
  private boolean known;
  private final @Nullable OfferedRing[] toServer;
  private final @Nullable OfferedRing[] toClient;

  /// A ring, and what wakes its taker.
  private record OfferedRing(MemifRing ring, EventDescriptor signal) {}

  MemifOffer(MemifConfig config) {
    this.config = config;
    this.toServer = new OfferedRing[config.queues()];
    this.toClient = new OfferedRing[config.queues()];
  }

  /// Takes one message, and the descriptor that came with it.
  void take(MemifMessage message, ArrayDeque<Integer> descriptors)
      throws MemifMessage.Malformed, LinuxException {
    if (message instanceof MemifMessage.Init init) {
      admit(init);
      return;
    }
    Integer descriptor = descriptors.poll();
    if (!known || descriptor == null) {
      if (descriptor != null) {
        Descriptors.close(descriptor);
      }
      throw new MemifMessage.Malformed(
          known ? "the message needs a descriptor" : "the connection begins with INIT");
    }
    switch (message) {
      case MemifMessage.AddRegion region -> regions.add(descriptor, region.sizeBytes());
      case MemifMessage.AddRing ring -> {
        EventDescriptor signal = EventDescriptor.adopt(descriptor);
        try {
          put(ring, signal);
        } catch (MemifMessage.Malformed refused) {
          signal.close();
          throw refused;
        }
      }
      default -> {
        Descriptors.close(descriptor);
        throw new MemifMessage.Malformed(
            message.getClass().getSimpleName() + " is not a client's word");
      }
    }
  }

  private void admit(MemifMessage.Init init) throws MemifMessage.Malformed {
    if (init.version() != MemifMessage.VERSION) {
      throw new MemifMessage.Malformed("version " + init.version() + " of memif; 2.0 is spoken");
    }
    if (init.mode() != MemifMessage.MODE_ETHERNET) {
      throw new MemifMessage.Malformed("mode " + init.mode() + "; only Ethernet is offered");
    }
    if (init.id() != config.id()) {
      throw new MemifMessage.Malformed("no interface " + init.id() + "; here is " + config.id());
    }
    byte[] wanted = config.secret().getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(wanted, init.secret().getBytes(StandardCharsets.US_ASCII))) {
      throw new MemifMessage.Malformed("the secret is wrong");
    }
    known = true;
  }

  private void put(MemifMessage.AddRing added, EventDescriptor signal)
      throws MemifMessage.Malformed {
    @Nullable OfferedRing[] rings = added.toServer() ? toServer : toClient;
    if (added.index() >= rings.length) {
      throw new MemifMessage.Malformed(
          "ring " + added.index() + " of " + rings.length + " each way that the port has queues");
    }
    if (rings[added.index()] != null) {
      throw new MemifMessage.Malformed("ring " + added.index() + " twice");
    }
    MemifRing ring = regions.ring(added);
    if (!ring.hasCookie()) {
      throw new MemifMessage.Malformed("a ring without its cookie");
    }
    rings[added.index()] = new OfferedRing(ring, signal);
  }

  /// The connection over what was offered.
  MemifConnection connection(MemifControl.Listener port) throws MemifMessage.Malformed {
    List<MemifLink> links = new ArrayList<>();
    for (int queue = 0; queue < toServer.length; queue++) {
      OfferedRing in = toServer[queue];
      OfferedRing out = toClient[queue];
      if (in == null || out == null) {
        throw new MemifMessage.Malformed(
            "ring "
                + queue
                + " to the "
                + (in == null ? "server" : "client")
                + " is missing; the port has "
                + toServer.length
                + (toServer.length == 1 ? " queue" : " queues"));
      }
      links.add(
          new MemifLink(
              true,
              regions,
              in.ring(),
              in.signal(),
              out.ring(),
              out.signal(),
              0,
              0,
              port.queue(queue).statistics()));
    }
    return new MemifConnection(regions, links);
  }

  private static void closeAll(@Nullable OfferedRing[] rings) {
    for (OfferedRing each : rings) {
      if (each != null) {
        each.signal().close();
      }
    }
  }

  @Override
  public void close() {
    closeAll(toServer);
    closeAll(toClient);
    regions.close();
  }
}
