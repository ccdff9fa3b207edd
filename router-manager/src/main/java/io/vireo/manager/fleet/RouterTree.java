package io.vireo.manager.fleet;

import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborPatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A virtual router's configuration as YANG-CBOR, with its name: whole, or as patches of an earlier
/// one, which are put together when somebody wants the whole. Any thread.
public final class RouterTree {
  private static final int ID_OCTETS = 32;

  /// An empty configuration.
  public static final RouterTree EMPTY =
      whole(Bytes.wrap(new byte[ID_OCTETS]), new byte[] {(byte) 0xa0});

  // So many patches are put together at the latest, and one so long is no shorter than the whole.
  private static final int PATCHES = 64;
  private static final int PATCH_OCTETS = 1 << 16;

  private final Bytes id;
  private final @Nullable Bytes baseId;
  private final byte[] patch;
  private final int depth;
  private @Nullable RouterTree base;
  private byte @Nullable [] whole;

  private RouterTree(Bytes id, @Nullable RouterTree base, byte[] patch, byte @Nullable [] whole) {
    this.id = id;
    this.baseId = base == null ? null : base.id;
    this.base = base;
    this.patch = patch;
    this.whole = whole;
    this.depth = base == null ? 0 : base.depthNow() + 1;
  }

  public static RouterTree whole(Bytes id, byte[] cbor) {
    return new RouterTree(id, null, new byte[0], cbor);
  }

  /// This after a patch.
  public RouterTree patched(Bytes nextId, byte[] change) {
    RouterTree next = new RouterTree(nextId, this, change, null);
    if (next.depth >= PATCHES) {
      next.bytes();
    }
    return next;
  }

  private synchronized int depthNow() {
    return whole != null ? 0 : depth;
  }

  /// What it is called.
  public Bytes id() {
    return id;
  }

  /// What leads here from the configuration of that name, if it is worth sending; null: nothing.
  public byte @Nullable [] since(Bytes other) {
    Bytes from = baseId;
    return from != null && other.equals(from) && patch.length <= PATCH_OCTETS
        ? patch.clone()
        : null;
  }

  /// The whole.
  public synchronized byte[] bytes() {
    byte[] known = whole;
    if (known != null) {
      return known;
    }
    List<byte[]> patches = new ArrayList<>();
    RouterTree at = this;
    byte[] start = null;
    while (start == null) {
      patches.addFirst(at.patch);
      RouterTree before = at.base;
      if (before == null) {
        throw new IllegalStateException("patches of nothing");
      }
      at = before;
      start = at.wholeNow();
    }
    try {
      byte[] made = CborPatch.apply(start, patches);
      whole = made == null ? EMPTY.bytes() : made;
      base = null;
      return whole;
    } catch (CborException mistake) {
      throw new IllegalStateException("our own patch does not fit", mistake);
    }
  }

  private synchronized byte @Nullable [] wholeNow() {
    return whole;
  }
}
