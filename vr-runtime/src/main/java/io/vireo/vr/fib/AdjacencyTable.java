package io.vireo.vr.fib;

import io.vireo.vr.wire.IpAddress;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Adjacencies by number, and what the rewrite of a packet needs of each: its interface and, while
/// the neighbour is known, the MTU and the whole Ethernet header.
///
/// The numbers below [#FIRST_HOP] are the kinds without an interface, as they stand in
/// [Adjacency.Kind]. The header's fourteen bytes are two big-endian words that overlap, so that it
/// is written by two stores, the second of which ends where the packet begins:
///
/// ```text
///  first:  destination (48) | source, high part (16)
///  second:                    source (48)            | type (16)
/// ```
public final class AdjacencyTable {
  /// The first number with an interface.
  public static final int FIRST_HOP = Adjacency.Kind.CONNECTED.ordinal();

  /// In the place of a number.
  public static final int NONE = HopIndex.NONE;

  // Of the MTU: no packet fits, as the neighbour is to be asked for.
  private static final int UNRESOLVED = 0;

  private final Map<Adjacency, Integer> connected = new HashMap<>();
  private final HopIndex hops = new HopIndex();
  private final ArrayDeque<Integer> unused = new ArrayDeque<>();
  private final Retired retired;
  private Adjacency[] adjacencies = new Adjacency[16];
  private int[] references = new int[16];
  // One of the references is the neighbour table's.
  private boolean[] host = new boolean[16];
  // The MTU, above the interface's index.
  private long[] exit = new long[16];
  private long[] headerFirst = new long[16];
  private long[] headerSecond = new long[16];
  private int count;

  /// A table that one thread reads and writes.
  public AdjacencyTable() {
    this(new Epochs());
  }

  /// @param epochs of its readers on other threads
  public AdjacencyTable(Epochs epochs) {
    this.retired = new Retired(epochs, unused::add);
    for (Adjacency.Kind kind : Adjacency.Kind.values()) {
      if (kind.ordinal() < FIRST_HOP) {
        adjacencies[count++] = Adjacency.of(kind);
      }
    }
  }

  /// The number of an adjacency, one reference more.
  int acquire(Adjacency wanted) {
    if (wanted.kind().ordinal() < FIRST_HOP) {
      return wanted.kind().ordinal();
    }
    int number = find(wanted);
    if (number == NONE) {
      number = create(wanted);
    }
    references[number]++;
    return number;
  }

  private int find(Adjacency wanted) {
    IpAddress hop = wanted.nextHop();
    return hop == null
        ? connected.getOrDefault(wanted, NONE)
        : hops.find(wanted.interfaceIndex(), hop.high(), hop.low());
  }

  /// Gives one reference back; the last one frees the number.
  void release(int number) {
    if (number >= FIRST_HOP && --references[number] == 0) {
      if (adjacencies[number].nextHop() == null) {
        connected.remove(adjacencies[number]);
      } else {
        hops.remove(number);
      }
      exit[number] = exit(UNRESOLVED, interfaceIndex(number));
      retired.add(number);
      retired.collect();
    }
  }

  /// The number of a neighbour that packets for it may be sent to, without a route of its own; one
  /// that has none yet gets it. It is the neighbour's until [#unresolve].
  public int acquireHost(int onInterface, IpAddress neighbour) {
    int number = hops.find(onInterface, neighbour.high(), neighbour.low());
    if (number == NONE) {
      number = create(Adjacency.nextHop(onInterface, neighbour));
    }
    if (!host[number]) {
      host[number] = true;
      references[number]++;
    }
    return number;
  }

  /// Whether packets go to their destination itself over this adjacency.
  public boolean isConnected(int number) {
    return adjacencies[number].kind() == Adjacency.Kind.CONNECTED;
  }

  /// The number of a neighbour, if it has one: [#acquireHost] gave it, or routes lead there. Any
  /// thread, with a fence before the table is asked about the number.
  ///
  /// @return [#NONE]: it has none
  public int host(int onInterface, long high, long low) {
    return hops.find(onInterface, high, low);
  }

  private int create(Adjacency wanted) {
    retired.collect();
    Integer reused = unused.poll();
    int number = reused == null ? count++ : reused;
    if (number == adjacencies.length) {
      adjacencies = Arrays.copyOf(adjacencies, count * 2);
      references = Arrays.copyOf(references, count * 2);
      host = Arrays.copyOf(host, count * 2);
      exit = Arrays.copyOf(exit, count * 2);
      headerFirst = Arrays.copyOf(headerFirst, count * 2);
      headerSecond = Arrays.copyOf(headerSecond, count * 2);
    }
    adjacencies[number] = wanted;
    exit[number] = exit(UNRESOLVED, wanted.interfaceIndex());
    IpAddress hop = wanted.nextHop();
    if (hop == null) {
      connected.put(wanted, number);
    } else {
      hops.put(number, wanted.interfaceIndex(), hop.high(), hop.low());
    }
    return number;
  }

  public Adjacency get(int number) {
    return adjacencies[number];
  }

  /// Where packets go out.
  public int interfaceIndex(int number) {
    return (int) exit[number];
  }

  /// Where packets go out (the lower half) and the longest one that may go out with the header, in
  /// bytes (the upper half); of no length while there is no header.
  public long exit(int number) {
    return exit[number];
  }

  private static long exit(int mtuBytes, int interfaceIndex) {
    return (long) mtuBytes << Integer.SIZE | interfaceIndex;
  }

  /// The first eight bytes of the header.
  public long headerFirst(int number) {
    return headerFirst[number];
  }

  /// The last eight bytes of the header.
  public long headerSecond(int number) {
    return headerSecond[number];
  }

  /// From now on packets for this next hop go out with this header.
  public void resolve(int number, long destination, long source, int etherType, int mtuBytes) {
    if (adjacencies[number].kind() == Adjacency.Kind.NEXT_HOP) {
      headerSecond[number] = source << 16 | etherType;
      headerFirst[number] = destination << 16 | source >>> 32;
      VarHandle.storeStoreFence(); // the header is there before packets go out with it
      exit[number] = exit(mtuBytes, adjacencies[number].interfaceIndex());
    }
  }

  /// The neighbour is to be asked for again before the next packet.
  public void unresolve(int onInterface, long high, long low) {
    int number = hops.find(onInterface, high, low);
    if (number != NONE) {
      exit[number] = exit(UNRESOLVED, onInterface);
      if (host[number]) {
        host[number] = false;
        release(number);
      }
    }
  }

  /// All neighbours on an interface are to be asked for again.
  public void unresolveAll(int onInterface) {
    for (int number = FIRST_HOP; number < count; number++) {
      if (interfaceIndex(number) == onInterface) {
        exit[number] = exit(UNRESOLVED, onInterface);
      }
    }
  }

  /// Whether routes lead over this neighbour.
  public boolean isNextHop(int onInterface, long high, long low) {
    int number = hops.find(onInterface, high, low);
    return number != NONE && references[number] > (host[number] ? 1 : 0);
  }

  /// How many are in use that have an interface.
  public int size() {
    return connected.size() + hops.size();
  }
}
