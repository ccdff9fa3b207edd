package io.vireo.vr.fib;

import java.util.function.ObjIntConsumer;

/// A forwarding table as those who fill and show it see it.
///
/// @param <P> its prefixes
public interface Fib<P> extends AutoCloseable {
  /// Installs or replaces the route to `prefix`.
  ///
  /// @return the group it had before, or -1
  int install(P prefix, int group);

  /// Removes the route to `prefix`; the next shorter one takes over.
  ///
  /// @return the group it had, or -1 when there was none
  int withdraw(P prefix);

  /// Frees what was replaced and no reader is in any more.
  void reclaim();

  /// How many prefixes it has.
  int size();

  /// Memory of the trie and of the exact routes, in bytes.
  long sizeBytes();

  /// Memory of what packets look up, in bytes.
  long trieBytes();

  /// Every prefix with its group, in no order.
  void forEach(ObjIntConsumer<P> consumer);

  @Override
  void close();
}
