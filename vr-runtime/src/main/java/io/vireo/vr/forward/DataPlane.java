package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.vr.fib.Adjacency;
import io.vireo.vr.fib.AdjacencyTable;
import io.vireo.vr.fib.Epochs;
import io.vireo.vr.fib.Ipv4Fib;
import io.vireo.vr.fib.Ipv6Fib;
import io.vireo.vr.fib.NextHopGroups;
import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The forwarding graph, its tables and their one owner. Pure: no thread and no clock.
public final class DataPlane implements AutoCloseable {
  /// In the place of an interface.
  private static final int NO_HAIRPIN = -1;

  private final PacketPool pool;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final Epochs epochs = new Epochs();
  private final Ipv4Fib fib = new Ipv4Fib(epochs);
  private final Ipv6Fib ipv6Fib = new Ipv6Fib(epochs);
  private final AdjacencyTable adjacencies = new AdjacencyTable(epochs);
  private final NextHopGroups groups = new NextHopGroups(adjacencies, epochs);
  private final NeighbourTable neighbours;
  private final NeighbourTable ipv6Neighbours;
  private final ArpOutput arpOutput;
  private final NdOutput ndOutput;
  private final EthernetInput ethernetInput;
  private final VlanInput vlanInput;
  private final ArpInput arpInput;
  private final Ipv4Input ipv4Input;
  private final Ipv4Lookup ipv4Lookup;
  private final Ipv4Local ipv4Local;
  private final Ipv4Rewrite ipv4Rewrite;
  private final IcmpError icmpError;
  private final Ipv4Control ipv4Control;
  private final Ipv6Control ipv6Control;
  private final Ipv6Input ipv6Input;
  private final Ipv6Lookup ipv6Lookup;
  private final Ipv6Local ipv6Local;
  private final Ipv6Rewrite ipv6Rewrite;
  private final Icmpv6Error icmpv6Error;
  private final PuntPolicers policers = new PuntPolicers();
  private final NodeStatistics statistics = new NodeStatistics();
  private final List<NodeStatistics> otherStatistics = new ArrayList<>();
  private final PacketVector received = new PacketVector();
  private final PacketVector receivedIpv6 = new PacketVector();
  // What begins here, and the errors about what came in.
  private final PacketVector originated = new PacketVector();
  private final PacketVector local = new PacketVector();
  private final PacketVector originatedIpv6 = new PacketVector();
  private final PacketVector localIpv6 = new PacketVector();
  private final PacketVector one = new PacketVector();
  private boolean[] wasUp = new boolean[8];
  private long[] lastMac = new long[8];

  /// Hears of interfaces that came up or went down. Called on the worker.
  public interface LinkListener {
    void onOperStatus(RouterInterface changed, boolean up);
  }

  public DataPlane(PacketPool pool, LocalDelivery delivery) {
    this(pool, delivery, new SplittableRandom());
  }

  /// @param random when what is not to happen everywhere at once happens
  DataPlane(PacketPool pool, LocalDelivery delivery, RandomGenerator random) {
    this.pool = pool;
    this.drops = new Drops(pool);
    this.interfaces = new InterfaceTable(pool);
    this.arpOutput = new ArpOutput(pool);
    this.icmpError = new IcmpError(pool, drops, interfaces, delivery, originated, policers);
    EthernetOutput ethernet = new EthernetOutput(pool.memory(), EthernetHeader.TYPE_IPV4);
    this.neighbours =
        new NeighbourTable(
            new ArpResolution(adjacencies, interfaces, drops, ethernet, arpOutput, icmpError),
            maxWaiting(pool));
    NeighbourOutput neighbourOutput =
        new NeighbourOutput(pool, drops, neighbours, ethernet, DropReason.IPV4_UNREACHABLE);
    Icmpv6Output icmpv6Output = new Icmpv6Output(pool);
    this.ndOutput = new NdOutput(icmpv6Output);
    this.icmpv6Error = new Icmpv6Error(pool, drops, interfaces, originatedIpv6, policers);
    EthernetOutput ethernetIpv6 = new EthernetOutput(pool.memory(), EthernetHeader.TYPE_IPV6);
    this.ipv6Neighbours =
        new NeighbourTable(
            new NdResolution(adjacencies, interfaces, drops, ethernetIpv6, ndOutput, icmpv6Error),
            maxWaiting(pool));
    NeighbourOutput ipv6NeighbourOutput =
        new NeighbourOutput(pool, drops, ipv6Neighbours, ethernetIpv6, DropReason.IPV6_UNREACHABLE);
    Redirects redirects = new Redirects(pool, policers, ipv6Neighbours, icmpv6Output, originated);
    Ipv4FastPath ipv4 = new Ipv4FastPath(pool.memory(), fib, groups, adjacencies);
    Ipv6FastPath ipv6 = new Ipv6FastPath(pool.memory(), ipv6Fib, groups, adjacencies);
    this.ipv4Rewrite =
        new Ipv4Rewrite(
            pool,
            drops,
            ipv4,
            interfaces,
            adjacencies,
            neighbours,
            neighbourOutput,
            icmpError,
            redirects);
    this.ipv4Control = new Ipv4Control(interfaces, new IgmpOutput(pool), random);
    this.ipv4Local =
        new Ipv4Local(
            pool,
            drops,
            new IcmpInput(pool, drops, interfaces, delivery, originated),
            new IgmpInput(pool, drops, interfaces, ipv4Control, policers),
            new UdpInput(pool, drops, delivery, icmpError),
            icmpError,
            policers);
    this.ipv4Lookup = new Ipv4Lookup(pool, drops, interfaces, ipv4, local, icmpError);
    this.ipv4Input = new Ipv4Input(pool, drops, ipv4);
    this.arpInput = new ArpInput(pool, drops, interfaces, neighbours, arpOutput, policers);
    this.vlanInput = new VlanInput(pool, drops);
    this.ethernetInput = new EthernetInput(pool, drops, arpInput.input, vlanInput.input);
    this.ipv6Control = new Ipv6Control(interfaces, ndOutput, new MldOutput(icmpv6Output), random);
    this.ipv6Rewrite =
        new Ipv6Rewrite(
            pool,
            drops,
            ipv6,
            interfaces,
            adjacencies,
            ipv6Neighbours,
            ipv6NeighbourOutput,
            icmpv6Error,
            redirects);
    this.ipv6Local =
        new Ipv6Local(
            pool,
            drops,
            interfaces,
            new Icmpv6Input(
                pool,
                drops,
                interfaces,
                new NdInput(pool.memory(), ipv6Neighbours, ndOutput, ipv6Control, policers),
                new MldInput(pool.memory(), ipv6Control, policers),
                originatedIpv6),
            icmpv6Error,
            policers);
    this.ipv6Lookup =
        new Ipv6Lookup(pool, drops, interfaces, ipv6, localIpv6, ipv6Rewrite, icmpv6Error);
    this.ipv6Input = new Ipv6Input(pool, drops, ipv6);
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
        forwardTagged(from, nowNs);
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
    ethernetInput.run(received, receivedIpv6, from);
    statistics.done(GraphNode.ETHERNET_INPUT, count);
    if (!received.isEmpty()) {
      forwardIpv4(from, nowNs);
    }
    if (!receivedIpv6.isEmpty()) {
      forwardIpv6(from, nowNs);
    }
  }

  // What came in with tags, one sub-interface after the other.
  private void forwardTagged(RouterInterface from, long nowNs) {
    while (!vlanInput.input.isEmpty()) {
      RouterInterface of = vlanInput.next(from, received);
      if (of != null) {
        forward(of, nowNs);
      }
    }
  }

  private void forwardIpv4(RouterInterface from, long nowNs) {
    int count = received.size();
    ipv4Input.run(received, from);
    statistics.done(GraphNode.IPV4_INPUT, count);
    count = received.size();
    ipv4Lookup.run(received);
    statistics.done(GraphNode.IPV4_LOOKUP, count);
    count = received.size();
    ipv4Rewrite.run(received, from.redirects() ? from.index() : NO_HAIRPIN, nowNs);
    statistics.done(GraphNode.IPV4_REWRITE, count);
  }

  private void forwardIpv6(RouterInterface from, long nowNs) {
    int count = receivedIpv6.size();
    ipv6Input.run(receivedIpv6, from);
    statistics.done(GraphNode.IPV6_INPUT, count);
    count = receivedIpv6.size();
    ipv6Lookup.run(receivedIpv6, nowNs);
    statistics.done(GraphNode.IPV6_LOOKUP, count);
    count = receivedIpv6.size();
    boolean redirects = from.ipv6().settings().redirects();
    ipv6Rewrite.run(receivedIpv6, redirects ? from.index() : NO_HAIRPIN, nowNs);
    statistics.done(GraphNode.IPV6_REWRITE, count);
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
    expire(nowNs);
    ipv6Neighbours.onDeadline(nowNs);
    ipv4Control.onDeadline(nowNs);
    ipv6Control.onDeadline(nowNs);
    settle(nowNs);
    flush();
  }

  // RFC 792, RFC 4443 §3.3: of a datagram that does not become whole the sender hears, if its first
  // fragment came.
  private void expire(long nowNs) {
    ipv4Local
        .reassembly()
        .onDeadline(
            (packet, length, origin) -> {
              one.clear();
              one.add(packet, length, origin);
              icmpError.add(
                  one,
                  0,
                  IcmpMessage.TIME_EXCEEDED,
                  IcmpMessage.CODE_REASSEMBLY,
                  0,
                  DropReason.FRAGMENT_EXPIRED);
            },
            nowNs);
    ipv6Local
        .reassembly()
        .onDeadline(
            (packet, length, origin) -> {
              one.clear();
              one.add(packet, length, origin);
              icmpv6Error.add(
                  one,
                  0,
                  Icmpv6Message.TIME_EXCEEDED,
                  Icmpv6Message.CODE_REASSEMBLY,
                  0,
                  DropReason.FRAGMENT_EXPIRED);
            },
            nowNs);
  }

  public long nextDeadlineNs() {
    long next = Math.min(neighbours.nextDeadlineNs(), ipv6Neighbours.nextDeadlineNs());
    next = Math.min(next, ipv4Local.reassembly().nextDeadlineNs());
    next = Math.min(next, ipv6Local.reassembly().nextDeadlineNs());
    next = Math.min(next, ipv4Control.nextDeadlineNs());
    return Math.min(next, ipv6Control.nextDeadlineNs());
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
      boolean isOther = mac != lastMac[index];
      if (!up || isOther) {
        adjacencies.unresolveAll(index);
        lastMac[index] = mac;
      }
      if (candidate != null && (up != wasUp[index] || (up && isOther))) {
        ipv4Control.linkChanged(candidate, nowNs);
        ipv6Control.linkChanged(candidate, up, nowNs);
      }
      if (candidate != null && up != wasUp[index]) {
        candidate.setLastChangeNs(nowNs);
        if (!up) {
          neighbours.flush(index);
          ipv6Neighbours.flush(index);
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

  /// Whether, since the last call, an IPv6 address of ours was found to be another node's: its
  /// routes go.
  public boolean takeAddressesChanged() {
    return ipv6Control.takeAddressesChanged();
  }

  /// Puts the IPv4 settings that an interface has now into force.
  public void configureIpv4(RouterInterface on, long nowNs) {
    ipv4Control.configure(on, nowNs);
  }

  /// Puts IPv6 settings of an interface into force.
  public void configureIpv6(RouterInterface on, Ipv6Settings wanted, long nowNs) {
    ipv6Control.configure(on, wanted, nowNs);
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
    IpAddress nextHop = adjacency.nextHop();
    int facing = out.addressFacing(nextHop == null ? destination : nextHop.ipv4());
    if (facing != 0) {
      return facing;
    }
    return out.primaryAddress() != 0 ? out.primaryAddress() : interfaces.anyAddress();
  }

  /// What the nodes cost, of all workers together, as it is now.
  public NodeStatistics statistics() {
    NodeStatistics totals = new NodeStatistics();
    totals.add(statistics);
    otherStatistics.forEach(totals::add);
    return totals;
  }

  /// Another worker counts too.
  public void addStatistics(NodeStatistics other) {
    otherStatistics.add(other);
  }

  /// It does not any more; what it has counted stays.
  public void settleStatistics(NodeStatistics other) {
    otherStatistics.remove(other);
    statistics.add(other);
  }

  /// What bounds the packets for the router itself.
  public PuntPolicers policers() {
    return policers;
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

  public Ipv6Fib ipv6Fib() {
    return ipv6Fib;
  }

  public AdjacencyTable adjacencies() {
    return adjacencies;
  }

  /// Of those who read the tables on other threads.
  public Epochs epochs() {
    return epochs;
  }

  public NextHopGroups groups() {
    return groups;
  }

  /// Those that ARP finds.
  public NeighbourTable neighbours() {
    return neighbours;
  }

  /// Those that neighbour discovery finds.
  public NeighbourTable ipv6Neighbours() {
    return ipv6Neighbours;
  }

  /// Gives the tables' memory back. Nothing may run afterwards.
  @Override
  public void close() {
    fib.close();
    ipv6Fib.close();
  }

  /// Runs until nothing is left inside: answers go through lookup again, once or twice.
  private void settle(long nowNs) {
    while (!originated.isEmpty() || !local.isEmpty() || !icmpError.input.isEmpty()) {
      ipv4Local.run(local, nowNs);
      icmpError.run(nowNs);
      ipv4Lookup.runOriginated(originated);
      ipv4Rewrite.run(originated, NO_HAIRPIN, nowNs);
    }
    while (!originatedIpv6.isEmpty() || !localIpv6.isEmpty() || !icmpv6Error.input.isEmpty()) {
      ipv6Local.run(localIpv6, nowNs);
      icmpv6Error.run(nowNs);
      ipv6Lookup.run(originatedIpv6, nowNs);
      ipv6Rewrite.run(originatedIpv6, NO_HAIRPIN, nowNs);
    }
  }

  // Sub-interfaces first: their frames go out by their parents.
  private void flush() {
    for (int index = 1; index < interfaces.limit(); index++) {
      RouterInterface out = interfaces.lookup(index);
      if (out != null && out.parent() != null) {
        out.flush();
      }
    }
    for (int index = 1; index < interfaces.limit(); index++) {
      RouterInterface out = interfaces.lookup(index);
      if (out != null && out.parent() == null) {
        out.flush();
      }
    }
  }
}
