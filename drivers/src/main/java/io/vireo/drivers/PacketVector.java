package io.vireo.drivers;

/// Up to 256 packets on their way through the graph: a structure of arrays, no packet objects.
///
/// `offset` is where the header the next node reads begins, `length` counts from there to the end
/// of the packet. `interfaceIndex` is the receiving interface, 0 for packets of the router itself.
/// `address` is an IPv4 packet's destination, `adjacency` the number of what the lookup found for
/// it; both are undefined before. `flags` are the `FLAG_` masks.
///
/// A node works on a vector in place: it keeps ([#keep]) the packets that go on to the next node
/// and appends the others to vectors beside.
public final class PacketVector {
  /// As many packets as one turn of the graph carries.
  public static final int CAPACITY = 256;

  /// The frame was sent to a link-layer broadcast or multicast address.
  public static final int FLAG_LINK_BROADCAST = 0x1;

  /// The packet began here: its TTL is not decremented.
  public static final int FLAG_LOCAL_ORIGIN = 0x2;

  /// What comes in by this interface is not forwarded.
  public static final int FLAG_NO_FORWARDING = 0x4;

  private final long[] offset = new long[CAPACITY];
  private final int[] length = new int[CAPACITY];
  private final int[] interfaceIndex = new int[CAPACITY];
  private final int[] adjacency = new int[CAPACITY];
  private final int[] address = new int[CAPACITY];
  private final int[] flags = new int[CAPACITY];
  private int size;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public int remaining() {
    return CAPACITY - size;
  }

  /// Forgets the packets; their buffers are the caller's concern.
  public void clear() {
    size = 0;
  }

  /// Appends a packet as a driver receives it.
  public void add(long packetOffset, int lengthBytes, int receivingInterface) {
    int i = size++;
    offset[i] = packetOffset;
    length[i] = lengthBytes;
    interfaceIndex[i] = receivingInterface;
    flags[i] = 0;
  }

  /// Says where packet `i`, which is in the vector, begins now and how long it is.
  public void place(int i, long newOffset, int lengthBytes) {
    offset[i] = newOffset;
    length[i] = lengthBytes;
  }

  /// Appends all frames of another vector, for which there is room, as [#push] does.
  public void pushAll(PacketVector from) {
    System.arraycopy(from.offset, 0, offset, size, from.size);
    System.arraycopy(from.length, 0, length, size, from.size);
    size += from.size;
  }

  /// Appends a frame that a port is to send: where it is and how long, nothing else.
  public void push(long frameOffset, int lengthBytes) {
    int i = size++;
    offset[i] = frameOffset;
    length[i] = lengthBytes;
  }

  /// Appends packet `i` of `from` with all that is known of it.
  public void append(PacketVector from, int i) {
    copy(from, i, size++);
  }

  /// Moves packets to another vector, which has room; the others close up.
  ///
  /// @param which their places, ascending
  public void extract(int[] which, int count, PacketVector into) {
    int next = 0;
    int kept = count == 0 ? size : which[0];
    for (int i = kept; i < size; i++) {
      if (next < count && which[next] == i) {
        into.append(this, i);
        next++;
      } else {
        copy(this, i, kept++);
      }
    }
    size = kept;
  }

  /// Puts packet `i` in the place of another.
  public void move(int i, int to) {
    copy(this, i, to);
  }

  /// Forgets the packets from a place on; their buffers are the caller's concern.
  public void truncate(int count) {
    size = count;
  }

  private void copy(PacketVector from, int i, int to) {
    offset[to] = from.offset[i];
    length[to] = from.length[i];
    interfaceIndex[to] = from.interfaceIndex[i];
    adjacency[to] = from.adjacency[i];
    address[to] = from.address[i];
    flags[to] = from.flags[i];
  }

  public long offset(int i) {
    return offset[i];
  }

  public int length(int i) {
    return length[i];
  }

  /// Moves the start of packet `i`: forwards past a header (positive), back to push one.
  public void advance(int i, int bytes) {
    offset[i] += bytes;
    length[i] -= bytes;
  }

  public void setLength(int i, int lengthBytes) {
    length[i] = lengthBytes;
  }

  public int interfaceIndex(int i) {
    return interfaceIndex[i];
  }

  public void setInterfaceIndex(int i, int index) {
    interfaceIndex[i] = index;
  }

  public int adjacency(int i) {
    return adjacency[i];
  }

  public void setAdjacency(int i, int index) {
    adjacency[i] = index;
  }

  public int address(int i) {
    return address[i];
  }

  public void setAddress(int i, int ipv4) {
    address[i] = ipv4;
  }

  /// The addresses of all packets, from the first on; the vector's own array.
  public int[] addresses() {
    return address;
  }

  public int flags(int i) {
    return flags[i];
  }

  public void setFlags(int i, int mask) {
    flags[i] = mask;
  }
}
