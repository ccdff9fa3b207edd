package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.neighbour.NeighbourEvents;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Ipv4Address;
import java.util.Arrays;

/// The forwarding graph, its tables and their one owner. Pure: no thread and no clock.
public final class DataPlane implements AutoCloseable {
  private final PacketPool pool;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final Ipv4Fib fib = new Ipv4Fib();
  private final AdjacencyTable adjacencies = new AdjacencyTable();
  private final NextHopGroups groups = new NextHopGroups(adjacencies);
  private final NeighbourTable neighbours;
  private final ArpOutput arpOutput;
  private final EthernetInput ethernetInput;
  private final ArpInput arpInput;
  private final Ipv4Input ipv4Input;
  private final Ipv4Lookup ipv4Lookup;
  private final Ipv4Local ipv4Local;
  private final Ipv4Rewrite ipv4Rewrite;
  private final IcmpError icmpError;
  private final NodeStatistics statistics = new NodeStatistics();
  private final PacketVector received = new PacketVector();
  // What begins here, and the errors about what came in.
  private final PacketVector originated = new PacketVector();
  private final PacketVector local = new PacketVector();
  private boolean[] wasUp = new boolean[8];
  private long[] lastMac = new long[8];

  /// Hears of interfaces that came up or went down. Called on the worker.
  public interface LinkListener {
    void onOperStatus(RouterInterface changed, boolean up);
  }

  public DataPlane(PacketPool pool, LocalDelivery delivery) {
    this.pool = pool;
    this.drops = new Drops(pool);
    this.interfaces = new InterfaceTable(pool);
    this.arpOutput = new ArpOutput(pool);
    this.neighbours = new NeighbourTable(new Resolution(), maxWaiting(pool));
    this.icmpError = new IcmpError(pool, drops, interfaces, delivery, originated);
    this.ipv4Rewrite = new Ipv4Rewrite(pool, drops, interfaces, adjacencies, neighbours, icmpError);
    this.ipv4Local =
        new Ipv4Local(
            pool,
            drops,
            new IcmpInput(pool, drops, interfaces, delivery, originated),
            new UdpInput(pool, drops, delivery, icmpError),
            icmpError);
    this.ipv4Lookup = new Ipv4Lookup(pool, drops, interfaces, fib, groups, local, icmpError);
    this.ipv4Input = new Ipv4Input(pool, drops);
    this.arpInput = new ArpInput(pool, drops, interfaces, neighbours, arpOutput);
    this.ethernetInput = new EthernetInput(pool, drops, arpInput.input);
  }

  /// An eighth of all buffers may wait for neighbours that may not exist.
  private static int maxWaiting(PacketPool pool) {
    return Math.max(NeighbourTable.QUEUE_PACKETS, pool.capacity() / 8);
  }

  /// Receives one vector from every port and runs it through the graph.
  ///
  /// @return how many packets came in
  public int run(long nowNs) {
    int total = 0;
    statistics.turn();
    settle(nowNs); // a whole vector of answers finds room
    for (int index = 1; index < interfaces.limit(); index++) {
      RouterInterface from = interfaces.lookup(index);
      Port port = from == null ? null : from.port();
      if (from == null || port == null) {
        continue;
      }
      int count = port.receive(received, pool, index);
      if (count > 0) {
        total += count;
        forward(from, nowNs);
        arpInput.run(nowNs);
        settle(nowNs);
      }
    }
    statistics.begin();
    flush();
    if (total > 0) {
      statistics.done(GraphNode.INTERFACE_OUTPUT, total);
    }
    return total;
  }

  /// Takes what was received through the graph.
  private void forward(RouterInterface from, long nowNs) {
    statistics.begin();
    int count = received.size();
    ethernetInput.run(received, from);
    statistics.done(GraphNode.ETHERNET_INPUT, count);
    count = received.size();
    ipv4Input.run(received, from);
    statistics.done(GraphNode.IPV4_INPUT, count);
    count = received.size();
    ipv4Lookup.run(received);
    statistics.done(GraphNode.IPV4_LOOKUP, count);
    count = received.size();
    ipv4Rewrite.run(received, nowNs);
    statistics.done(GraphNode.IPV4_REWRITE, count);
  }

  /// Sends an IPv4 packet of the router's own, complete with header; the buffer is taken over.
  public void originate(long packet, int length, long nowNs) {
    originated.add(packet, length, 0);
    originated.setFlags(originated.size() - 1, PacketVector.FLAG_LOCAL_ORIGIN);
    if (originated.remaining() == 0) {
      settle(nowNs);
    }
  }

  /// Sends what [#originate] queued.
  public void flushOriginated(long nowNs) {
    settle(nowNs);
    flush();
  }

  /// Retransmits and ages neighbours.
  public void onDeadline(long nowNs) {
    neighbours.onDeadline(nowNs);
    settle(nowNs);
    flush();
  }

  public long nextDeadlineNs() {
    return neighbours.nextDeadlineNs();
  }

  /// Compares every interface's state with what it was at the last call and tells of changes.
  public void checkLinks(long nowNs, LinkListener listener) {
    if (wasUp.length < interfaces.limit()) {
      wasUp = Arrays.copyOf(wasUp, interfaces.limit() * 2);
      lastMac = Arrays.copyOf(lastMac, interfaces.limit() * 2);
    }
    for (int index = 1; index < interfaces.limit(); index++) {
      RouterInterface candidate = interfaces.lookup(index);
      boolean up = candidate != null && candidate.operUp();
      long mac = candidate == null ? 0 : candidate.mac() << 16 | candidate.mtuBytes() & 0xffff;
      if (!up || mac != lastMac[index]) {
        adjacencies.unresolveAll(index);
        lastMac[index] = mac;
      }
      if (candidate != null && up != wasUp[index]) {
        candidate.setLastChangeNs(nowNs);
        if (!up) {
          neighbours.flush(index);
        }
        listener.onOperStatus(candidate, up);
      }
      wasUp[index] = up;
    }
    settle(nowNs);
    flush();
  }

  /// Tells the neighbours of `on` about our address (RFC 5227 §2.3).
  public void announce(RouterInterface on, int address) {
    if (on.operUp() && !on.isLoopback()) {
      arpOutput.announce(on, address);
    }
  }

  /// The source address for packets of ours to `destination`, 0 when there is no route.
  public int sourceFor(int destination) {
    Adjacency adjacency = adjacencies.get(groups.select(fib.lookup(destination), 0));
    if (adjacency.kind() == Adjacency.Kind.LOCAL) {
      return destination;
    }
    RouterInterface out = interfaces.lookup(adjacency.interfaceIndex());
    if (out == null) {
      return Ipv4Address.ANY;
    }
    boolean direct = adjacency.kind() == Adjacency.Kind.CONNECTED;
    int facing = out.addressFacing(direct ? destination : adjacency.nextHop());
    if (facing != 0) {
      return facing;
    }
    return out.primaryAddress() != 0 ? out.primaryAddress() : interfaces.anyAddress();
  }

  /// What the nodes cost.
  public NodeStatistics statistics() {
    return statistics;
  }

  public PacketPool pool() {
    return pool;
  }

  public Drops drops() {
    return drops;
  }

  public InterfaceTable interfaces() {
    return interfaces;
  }

  public Ipv4Fib fib() {
    return fib;
  }

  public NextHopGroups groups() {
    return groups;
  }

  public NeighbourTable neighbours() {
    return neighbours;
  }

  /// Gives the tables' memory back. Nothing may run afterwards.
  @Override
  public void close() {
    fib.close();
  }

  /// Runs until nothing is left inside: answers go through lookup again, once or twice.
  private void settle(long nowNs) {
    while (!originated.isEmpty() || !local.isEmpty() || !icmpError.input.isEmpty()) {
      ipv4Local.run(local, nowNs);
      icmpError.run(nowNs);
      ipv4Lookup.runOriginated(originated);
      ipv4Rewrite.run(originated, nowNs);
    }
  }

  private void flush() {
    for (int index = 1; index < interfaces.limit(); index++) {
      RouterInterface out = interfaces.lookup(index);
      if (out != null) {
        out.flush();
      }
    }
  }

  /// What the neighbour table asks for, done with ARP and the rewrite node.
  private final class Resolution implements NeighbourEvents {
    private final PacketVector one = new PacketVector();

    @Override
    public void solicit(int interfaceIndex, int address, long mac) {
      RouterInterface on = interfaces.lookup(interfaceIndex);
      if (on != null && on.operUp()) {
        arpOutput.request(on, address, mac);
      }
    }

    @Override
    public void release(int interfaceIndex, long mac, long packet, int length) {
      RouterInterface on = interfaces.lookup(interfaceIndex);
      if (on == null) {
        drops.drop(DropReason.INTERFACE_DOWN, packet);
      } else {
        ipv4Rewrite.frame(on, mac, packet, length);
      }
    }

    @Override
    public void changed(int interfaceIndex, int address) {
      adjacencies.unresolve(interfaceIndex, address);
    }

    @Override
    public boolean isNextHop(int interfaceIndex, int address) {
      return adjacencies.isNextHop(interfaceIndex, address);
    }

    @Override
    public void discard(long packet) {
      drops.drop(DropReason.NEIGHBOR_TABLE_FULL, packet);
    }

    @Override
    public void abandon(int origin, long packet, int length) {
      if (icmpError.input.remaining() == 0) {
        drops.drop(DropReason.NEIGHBOR_UNRESOLVED, packet);
        return;
      }
      one.clear();
      one.add(packet, length, origin);
      one.setFlags(0, origin == 0 ? PacketVector.FLAG_LOCAL_ORIGIN : 0);
      icmpError.add(
          one,
          0,
          IcmpMessage.DESTINATION_UNREACHABLE,
          IcmpMessage.CODE_HOST_UNREACHABLE,
          0,
          DropReason.NEIGHBOR_UNRESOLVED);
    }
  }
}
