package io.vireo.vr.fib;

import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Prefix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.ObjIntConsumer;

/// Longest-prefix match over IPv4 addresses. See the package.
public final class Ipv4Fib implements Fib<Ipv4Prefix> {
  private final PrefixTrie trie;
  private final MemorySegment memory;

  /// A table that one thread reads and writes.
  public Ipv4Fib() {
    this(new Epochs());
  }

  /// @param epochs of its readers on other threads
  public Ipv4Fib(Epochs epochs) {
    this.trie = new PrefixTrie(Integer.SIZE, epochs);
    this.memory = trie.memory();
  }

  /// The group of the longest prefix that contains `address`; group 0 when none does. Any thread.
  public int lookup(int address) {
    int top = trie.top();
    boolean wide = (top & PrefixTrie.WIDE) != 0;
    int value = tableCell(top, address >>> (wide ? 8 : 16));
    for (int shift = wide ? 0 : 8; TrieNode.isChild(value); shift -= 8) {
      value = TrieNode.cell(memory, value, address >>> shift & 0xff);
    }
    return TrieNode.groupOrChild(value, trie.defaultGroup());
  }

  private int tableCell(int top, int cell) {
    long table = TrieMemory.offset(top & TrieNode.BLOCK);
    return memory.get(ValueLayout.JAVA_INT_UNALIGNED, table + (long) cell * Integer.BYTES);
  }

  /// The groups of many addresses: level by level, so that the memory accesses of all overlap where
  /// one address after the other would wait for each. Any thread, with a scratch of its own.
  ///
  /// @param groups where the groups go
  /// @param scratch as long as `addresses`; its content is of no use
  public void lookup(int[] addresses, int[] groups, int[] scratch, int count) {
    int top = trie.top();
    if ((top & PrefixTrie.WIDE) == 0) {
      near(top, addresses, groups, count);
      return;
    }
    int deeper = first(top, addresses, groups, scratch, count, 8);
    for (int shift = 0; deeper > 0; shift -= 8) {
      deeper = descend(addresses, groups, scratch, deeper, shift);
    }
  }

  // One after the other, as all is near. Packets come in trains: what the one before found is not
  // looked up again.
  private void near(int top, int[] addresses, int[] groups, int count) {
    MemorySegment nodes = memory;
    int otherwise = trie.defaultGroup();
    long table = TrieMemory.offset(top & TrieNode.BLOCK);
    int before = ~addresses[0];
    int group = 0;
    for (int i = 0; i < count; i++) {
      int address = addresses[i];
      if (address != before) {
        before = address;
        int value =
            nodes.get(
                ValueLayout.JAVA_INT_UNALIGNED, table + (long) (address >>> 16) * Integer.BYTES);
        if (TrieNode.isChild(value)) {
          value = TrieNode.cell(nodes, value, address >>> 8 & 0xff);
          if (TrieNode.isChild(value)) {
            value = TrieNode.cell(nodes, value, address & 0xff);
          }
        }
        group = TrieNode.group(value, otherwise);
      }
      groups[i] = group;
    }
  }

  // Two passes: the first is short, so that the processor has many accesses to far memory in
  // flight; the second finds all near.
  private int first(int top, int[] addresses, int[] values, int[] deeper, int count, int shift) {
    long table = TrieMemory.offset(top & TrieNode.BLOCK);
    int any = 0;
    for (int i = 0; i < count; i++) {
      long cell = (long) (addresses[i] >>> shift) * Integer.BYTES;
      int value = memory.get(ValueLayout.JAVA_INT_UNALIGNED, table + cell);
      values[i] = value;
      any |= value;
    }
    return TrieLevel.settle(values, deeper, count, any, trie.defaultGroup());
  }

  private int descend(int[] addresses, int[] values, int[] deeper, int count, int shift) {
    for (int k = 0; k < count; k++) {
      int i = deeper[k];
      values[i] = TrieNode.place(memory, values[i], addresses[i] >>> shift & 0xff);
    }
    return TrieLevel.follow(memory, values, deeper, count, trie.defaultGroup());
  }

  @Override
  public int install(Ipv4Prefix prefix, int group) {
    return install(prefix.address(), prefix.length(), group);
  }

  /// Installs or replaces the route to `address`, whose bits beyond `length` are zero.
  ///
  /// @return the group it had before, or -1
  public int install(int address, int length, int group) {
    return trie.install((long) address << 32, 0, length, group);
  }

  @Override
  public int withdraw(Ipv4Prefix prefix) {
    return withdraw(prefix.address(), prefix.length());
  }

  /// Removes the route to `address`, whose bits beyond `length` are zero.
  ///
  /// @return the group it had, or -1 when there was none
  public int withdraw(int address, int length) {
    return trie.withdraw((long) address << 32, 0, length);
  }

  @Override
  public void reclaim() {
    trie.reclaim();
  }

  @Override
  public int size() {
    return trie.routes().size();
  }

  @Override
  public long sizeBytes() {
    return trie.sizeBytes();
  }

  @Override
  public long trieBytes() {
    return trie.trieBytes();
  }

  @Override
  public void forEach(ObjIntConsumer<Ipv4Prefix> consumer) {
    trie.routes()
        .forEach((high, low, length, group) ->
            consumer.accept(new Ipv4Prefix((int) (high >>> 32), length), group));
  }

  /// What `show` prints: the longest match as a prefix, for people.
  public String describe(int address) {
    for (int length = 32; length >= 0; length--) {
      Ipv4Prefix prefix = Ipv4Prefix.containing(address, length);
      if (trie.routes().find((long) prefix.address() << 32, 0, length) != RouteStore.NONE) {
        return Ipv4Address.format(address) + " matches " + prefix;
      }
    }
    return Ipv4Address.format(address) + " matches nothing";
  }

  @Override
  public void close() {
    trie.close();
  }
}
