package io.vireo.vr.fib;

import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.Ipv6Prefix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.ObjIntConsumer;

/// Longest-prefix match over IPv6 addresses. See the package.
public final class Ipv6Fib implements Fib<Ipv6Prefix> {
  private final PrefixTrie trie;
  private final MemorySegment memory;

  /// A table that one thread reads and writes.
  public Ipv6Fib() {
    this(new Epochs());
  }

  /// @param epochs of its readers on other threads
  public Ipv6Fib(Epochs epochs) {
    this.trie = new PrefixTrie(128, epochs);
    this.memory = trie.memory();
  }

  /// The group of the longest prefix that contains an address; group 0 when none does. Any thread.
  public int lookup(long high, long low) {
    int top = trie.top();
    boolean wide = (top & PrefixTrie.WIDE) != 0;
    int value = tableCell(top, (int) (high >>> (wide ? 40 : 48)));
    int shift = wide ? 32 : 40;
    while (TrieNode.isChild(value) && shift >= 0) {
      value = TrieNode.cell(memory, value, (int) (high >>> shift) & 0xff);
      shift -= 8;
    }
    if (TrieNode.isChild(value)) {
      value = longer(value, low);
    }
    return TrieNode.groupOrChild(value, trie.defaultGroup());
  }

  // A route of more than 64 bits.
  private int longer(int child, long low) {
    int value = child;
    int shift = 56;
    do {
      value = TrieNode.cell(memory, value, (int) (low >>> shift) & 0xff);
      shift -= 8;
    } while (TrieNode.isChild(value));
    return value;
  }

  private int tableCell(int top, int cell) {
    long table = TrieMemory.offset(top & TrieNode.BLOCK);
    return memory.get(ValueLayout.JAVA_INT_UNALIGNED, table + (long) cell * Integer.BYTES);
  }

  /// The groups of many addresses, level by level. Any thread, with a scratch of its own.
  ///
  /// @param groups where the groups go
  /// @param scratch as long as `high`
  /// @see Ipv4Fib#lookup(int[], int[], int[], int)
  public void lookup(long[] high, long[] low, int[] groups, int[] scratch, int count) {
    int top = trie.top();
    int shift = (top & PrefixTrie.WIDE) != 0 ? 40 : 48;
    int deeper = first(top, high, groups, scratch, count, shift);
    for (shift -= 8; deeper > 0 && shift >= 0; shift -= 8) {
      deeper = descend(high, groups, scratch, deeper, shift);
    }
    for (shift = 56; deeper > 0; shift -= 8) {
      deeper = descend(low, groups, scratch, deeper, shift);
    }
  }

  private int first(int top, long[] high, int[] values, int[] deeper, int count, int shift) {
    long table = TrieMemory.offset(top & TrieNode.BLOCK);
    int any = 0;
    for (int i = 0; i < count; i++) {
      int value =
          memory.get(ValueLayout.JAVA_INT_UNALIGNED, table + (high[i] >>> shift) * Integer.BYTES);
      values[i] = value;
      any |= value;
    }
    return TrieLevel.settle(values, deeper, count, any, trie.defaultGroup());
  }

  private int descend(long[] half, int[] values, int[] deeper, int count, int shift) {
    for (int k = 0; k < count; k++) {
      int i = deeper[k];
      values[i] = TrieNode.place(memory, values[i], (int) (half[i] >>> shift) & 0xff);
    }
    return TrieLevel.follow(memory, values, deeper, count, trie.defaultGroup());
  }

  @Override
  public int install(Ipv6Prefix prefix, int group) {
    return trie.install(prefix.high(), prefix.low(), prefix.length(), group);
  }

  @Override
  public int withdraw(Ipv6Prefix prefix) {
    return trie.withdraw(prefix.high(), prefix.low(), prefix.length());
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
  public void forEach(ObjIntConsumer<Ipv6Prefix> consumer) {
    trie.routes()
        .forEach((high, low, length, group) ->
            consumer.accept(new Ipv6Prefix(high, low, length), group));
  }

  /// What `show` prints: the longest match as a prefix, for people.
  public String describe(long high, long low) {
    String address = Ipv6Address.format(high, low);
    for (int length = 128; length >= 0; length--) {
      Ipv6Prefix prefix = Ipv6Prefix.containing(high, low, length);
      if (trie.routes().find(prefix.high(), prefix.low(), length) != RouteStore.NONE) {
        return address + " matches " + prefix;
      }
    }
    return address + " matches nothing";
  }

  @Override
  public void close() {
    trie.close();
  }
}
