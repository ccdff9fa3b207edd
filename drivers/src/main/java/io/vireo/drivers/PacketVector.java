package io.vireo.drivers;

/// Up to 256 packets on their way through the graph: a structure of arrays, no packet objects.
///
/// `offset` is where the header the next node reads begins, `length` counts from there to the end
/// of the packet. `interfaceIndex` is the receiving interface, 0 for packets of the router itself.
/// `adjacency` and `address` are what the lookup found: the sending interface and the next hop's
/// IPv4 address. `flags` are the `FLAG_` masks.
public final class PacketVector {
  /// As many packets as one turn of the graph carries.
  public static final int CAPACITY = 256;

  /// The frame was sent to a link-layer broadcast or multicast address.
  public static final int FLAG_LINK_BROADCAST = 0x1;

  /// The packet began here: its TTL is not decremented.
  public static final int FLAG_LOCAL_ORIGIN = 0x2;

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
    adjacency[i] = 0;
    address[i] = 0;
    flags[i] = 0;
  }

  /// Appends packet `i` of `from` with all that is known of it.
  public void append(PacketVector from, int i) {
    int at = size++;
    offset[at] = from.offset[i];
    length[at] = from.length[i];
    interfaceIndex[at] = from.interfaceIndex[i];
    adjacency[at] = from.adjacency[i];
    address[at] = from.address[i];
    flags[at] = from.flags[i];
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

  public int flags(int i) {
    return flags[i];
  }

  public void setFlags(int i, int mask) {
    flags[i] = mask;
  }
}
