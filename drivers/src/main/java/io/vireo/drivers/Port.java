package io.vireo.drivers;

import org.jspecify.annotations.Nullable;

/// A device that frames come from and go to. Owned by one worker, or each of its queues by one.
public interface Port extends AutoCloseable {
  /// The name it has in the device tree.
  String name();

  /// Its Ethernet address, in the low 48 bits.
  long mac();

  /// The longest network-layer packet it carries.
  int mtuBytes();

  /// Whether the link can carry frames, as of the last look.
  boolean linkUp();

  /// Why the link is down, where the driver knows more than that it is; else null.
  default @Nullable String linkReason() {
    return null;
  }

  /// Takes frames that have arrived, as many as `vector` and `pool` have room for.
  ///
  /// @param receivingInterface what to write into the packets' interface index
  /// @return how many were added
  int receive(PacketVector vector, PacketPool pool, int receivingInterface);

  /// Sends every packet of `vector`, or drops and counts it; the vector is empty afterwards and the
  /// buffers are back in `pool` (or will be, once the device is done with them).
  void transmit(PacketVector vector, PacketPool pool);

  /// A descriptor that is readable when frames wait, or -1 when the port has none and [#hasPending]
  /// must be asked.
  int pollDescriptor();

  /// Whether a call to [#receive] would find frames now.
  boolean hasPending();

  /// Looks at the device's link state again; called every now and then. The descriptor of a port
  /// whose link is down need not be slept on.
  ///
  /// @return whether it has; else it will, soon, and says when
  boolean refresh();

  /// Whether the host's kernel tells of its link, so that whoever listens there knows at once; if
  /// not it is to be looked at often.
  default boolean isLinkAnnounced() {
    return false;
  }

  /// How many queues it has: each has frames of its own, those of a flow in order.
  default int queueCount() {
    return 1;
  }

  /// One queue, as a port of its own; the workers of two need not know of each other. Who uses a
  /// port's queues does not use the port to receive and transmit.
  ///
  /// @param number from 0 on
  default Port queue(int number) {
    return this;
  }

  PortStatistics statistics();

  @Override
  void close();
}
