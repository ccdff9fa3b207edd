package io.vireo.drivers.memif;

import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What a client has offered a server so far: who it is, its memory, its rings.
final class MemifOffer implements AutoCloseable {
  private final MemifConfig config;
  private final MemifRegions regions = new MemifRegions();
  private boolean known;
  private @Nullable MemifRing toServer;
  private @Nullable MemifRing toClient;
  private @Nullable EventDescriptor serverSignal;
  private @Nullable EventDescriptor clientSignal;

  MemifOffer(MemifConfig config) {
    this.config = config;
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
        if (ring.toServer()) {
          closeIfThere(serverSignal);
          serverSignal = signal;
          toServer = require(ring);
        } else {
          closeIfThere(clientSignal);
          clientSignal = signal;
          toClient = require(ring);
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

  private MemifRing require(MemifMessage.AddRing added) throws MemifMessage.Malformed {
    if (added.index() != 0) {
      throw new MemifMessage.Malformed("ring " + added.index() + "; one each way is taken");
    }
    MemifRing ring = regions.ring(added);
    if (!ring.hasCookie()) {
      throw new MemifMessage.Malformed("a ring without its cookie");
    }
    return ring;
  }

  /// The link over what was offered.
  MemifLink link(PortStatistics statistics) throws MemifMessage.Malformed {
    MemifRing in = toServer;
    MemifRing out = toClient;
    EventDescriptor inSignal = serverSignal;
    EventDescriptor outSignal = clientSignal;
    if (in == null || out == null || inSignal == null || outSignal == null) {
      throw new MemifMessage.Malformed("a ring is missing");
    }
    return new MemifLink(true, regions, in, inSignal, out, outSignal, 0, 0, statistics);
  }

  private static void closeIfThere(@Nullable EventDescriptor signal) {
    if (signal != null) {
      signal.close();
    }
  }

  @Override
  public void close() {
    closeIfThere(serverSignal);
    closeIfThere(clientSignal);
    regions.close();
  }
}
