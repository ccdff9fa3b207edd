package io.vireo.vr.forward;

/// What the graph's nodes cost: packets, vectors, and, of one turn in sixteen, time. Owned by the
/// worker.
///
/// A clock reading costs as much as two packets; taken for few vectors only, it is nothing.
public final class NodeStatistics {
  private static final int NODES = GraphNode.values().length;
  private static final int EVERY = 16;

  private final long[] vectors = new long[NODES];
  private final long[] packets = new long[NODES];
  private final long[] timedPackets = new long[NODES];
  private final long[] timedNs = new long[NODES];
  private int turn;
  private boolean timing;
  private long sinceNs;

  /// A turn of the graph begins.
  void turn() {
    turn = turn + 1 & EVERY - 1;
    timing = turn == 0;
  }

  /// A node begins.
  void begin() {
    sinceNs = timing ? System.nanoTime() : 0;
  }

  /// A node is done with so many packets, and the next begins.
  void done(GraphNode node, int count) {
    int n = node.ordinal();
    vectors[n]++;
    packets[n] += count;
    if (timing) {
      long now = System.nanoTime();
      timedNs[n] += now - sinceNs;
      timedPackets[n] += count;
      sinceNs = now;
    }
  }

  void add(NodeStatistics other) {
    for (int node = 0; node < NODES; node++) {
      vectors[node] += other.vectors[node];
      packets[node] += other.packets[node];
      timedPackets[node] += other.timedPackets[node];
      timedNs[node] += other.timedNs[node];
    }
  }

  public long vectors(GraphNode node) {
    return vectors[node.ordinal()];
  }

  public long packets(GraphNode node) {
    return packets[node.ordinal()];
  }

  /// Nanoseconds a packet, of the vectors that were timed; 0: none was.
  public double nanosecondsPerPacket(GraphNode node) {
    long counted = timedPackets[node.ordinal()];
    return counted == 0 ? 0 : timedNs[node.ordinal()] / (double) counted;
  }
}
