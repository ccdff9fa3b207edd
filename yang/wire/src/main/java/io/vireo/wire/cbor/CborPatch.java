package io.vireo.wire.cbor;

import io.vireo.wire.cbor.CborException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes of a data tree in YANG-CBOR, applied to the tree's bytes. Needs no schema.
///
/// ```
/// patch    = [ * edit ]
/// edit     = [ path, value ] / [ path ]        ; put / delete
/// path     = [ * step ]                        ; empty: the tree itself
/// step     = int / text / selector
/// selector = [ 1* (int / text, value) ]        ; keys of a list's entry, as they stand in its map
/// ```
///
/// An int or text is a map's key as it stands in that map: a SID as delta to the parent's, or a
/// name (RFC 9254 §3.2, §3.3). A put makes what is missing on its way; a delete of what is not
/// there is nothing. Lists of leafs and the order of lists are put as a whole.
///
/// Only what patches touch is taken apart: the rest is copied as it is. One thread.
public final class CborPatch {
  private @Nullable Item root;

  private CborPatch(@Nullable Item root) {
    this.root = root;
  }

  /// The tree after the patches.
  ///
  /// @param tree null: there is none yet
  /// @return null: it is gone
  /// @throws CborException one of them is malformed or does not fit the tree
  public static byte @Nullable [] apply(byte @Nullable [] tree, List<byte[]> patches)
      throws CborException {
    CborPatch work = new CborPatch(tree == null ? null : new Encoded(tree, 0, tree.length));
    for (byte[] patch : patches) {
      work.apply(patch);
    }
    if (work.root == null) {
      return null;
    }
    CborWriter out = new CborWriter();
    work.root.write(out);
    return out.toByteArray();
  }

  /// A patch that puts a tree in the place of whatever was there.
  ///
  /// @param tree null: it deletes it
  public static byte[] whole(byte @Nullable [] tree) {
    CborWriter out = new CborWriter();
    out.startArray(1);
    out.startArray(tree == null ? 1 : 2);
    out.startArray(0);
    if (tree != null) {
      out.writeRaw(RawCbor.wrap(tree));
    }
    return out.toByteArray();
  }

  /// A part of the tree.
  private sealed interface Item {
    void write(CborWriter out);
  }

  /// A part that no patch has touched.
  private record Encoded(byte[] bytes, int offset, int length) implements Item {
    @Override
    public void write(CborWriter out) {
      out.writeRaw(RawCbor.wrap(Arrays.copyOfRange(bytes, offset, offset + length)));
    }

    CborReader reader() {
      return new CborReader(bytes, offset, length);
    }
  }

  /// A map, taken apart.
  private record Fields(Map<Object, Item> byKey) implements Item {
    @Override
    public void write(CborWriter out) {
      out.startMap(byKey.size());
      byKey.forEach((key, value) -> {
        if (key instanceof Long number) {
          out.writeLong(number);
        } else {
          out.writeText((String) key);
        }
        value.write(out);
      });
    }
  }

  /// An array of maps, taken apart: by the encoded values of their keys.
  private record Entries(Map<ByteBuffer, Item> byKeys) implements Item {
    @Override
    public void write(CborWriter out) {
      out.startArray(byKeys.size());
      byKeys.values().forEach(entry -> entry.write(out));
    }
  }

  /// One step of a path.
  private sealed interface Step {
    record Field(Object key) implements Step {}

    /// @param keys the entry's keys
    /// @param values their encoded values, one after the other
    record Entry(List<Object> keys, ByteBuffer values) implements Step {}
  }

  private void apply(byte[] patch) throws CborException {
    CborReader in = new CborReader(patch);
    in.startArray();
    while (in.more()) {
      in.startArray();
      if (!in.more()) {
        throw in.fail(Reason.MISSING, "an edit without a path");
      }
      List<Step> path = readPath(in);
      Item value = null;
      if (in.more()) {
        value = next(in, patch, 0);
        if (in.more()) {
          throw in.fail(Reason.TRAILING, "an edit of more than path and value");
        }
      }
      root = edited(root, path, 0, value, in);
    }
    in.requireEnd();
  }

  private static List<Step> readPath(CborReader in) throws CborException {
    List<Step> path = new ArrayList<>();
    in.startArray();
    while (in.more()) {
      if (in.peek() != CborType.ARRAY) {
        path.add(new Step.Field(readKey(in)));
        continue;
      }
      List<Object> keys = new ArrayList<>();
      CborWriter values = new CborWriter();
      in.startArray();
      while (in.more()) {
        keys.add(readKey(in));
        if (!in.more()) {
          throw in.fail(Reason.MISSING, "a key without a value");
        }
        values.writeRaw(in.readRaw());
      }
      path.add(new Step.Entry(keys, ByteBuffer.wrap(values.toByteArray())));
    }
    return path;
  }

  private static Object readKey(CborReader in) throws CborException {
    return in.peek() == CborType.TEXT ? (Object) in.readText() : (Object) in.readLong();
  }

  /// The next item.
  ///
  /// @param base where the reader's input starts in `bytes`
  private static Encoded next(CborReader in, byte[] bytes, int base) throws CborException {
    int from = in.offset();
    in.skipValue();
    return new Encoded(bytes, base + from, in.offset() - from);
  }

  private static @Nullable Item edited(
      @Nullable Item at, List<Step> path, int depth, @Nullable Item value, CborReader in)
      throws CborException {
    if (depth == path.size()) {
      return value;
    }
    switch (path.get(depth)) {
      case Step.Field(Object key) -> {
        Fields fields = fields(at, in);
        put(fields.byKey, key, edited(fields.byKey.get(key), path, depth + 1, value, in));
        return fields;
      }
      case Step.Entry(List<Object> keys, ByteBuffer values) -> {
        Entries entries = entries(at, keys, in);
        Item before = entries.byKeys.get(values);
        if (before == null && depth + 1 < path.size()) {
          throw in.fail(Reason.MISSING, "a patch of an entry that is not there");
        }
        put(entries.byKeys, values, edited(before, path, depth + 1, value, in));
        return entries;
      }
    }
  }

  private static <K> void put(Map<K, Item> map, K key, @Nullable Item value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }

  private static Fields fields(@Nullable Item at, CborReader patch) throws CborException {
    Map<Object, Item> byKey = new LinkedHashMap<>();
    switch (at) {
      case null -> {}
      case Fields known -> {
        return known;
      }
      case Entries entries ->
          throw patch.fail(Reason.WRONG_TYPE, "a patch of a map where a list is");
      case Encoded encoded -> {
        CborReader in = encoded.reader();
        in.startMap();
        while (in.more()) {
          Object key = readKey(in);
          byKey.put(key, next(in, encoded.bytes, encoded.offset));
        }
      }
    }
    return new Fields(byKey);
  }

  private static Entries entries(@Nullable Item at, List<Object> keys, CborReader patch)
      throws CborException {
    Map<ByteBuffer, Item> byKeys = new LinkedHashMap<>();
    switch (at) {
      case null -> {}
      case Entries known -> {
        return known;
      }
      case Fields fields -> throw patch.fail(Reason.WRONG_TYPE, "a patch of a list where a map is");
      case Encoded encoded -> {
        CborReader in = encoded.reader();
        in.startArray();
        while (in.more()) {
          Encoded entry = next(in, encoded.bytes, encoded.offset);
          byKeys.put(valuesOf(entry, keys), entry);
        }
      }
    }
    return new Entries(byKeys);
  }

  private static ByteBuffer valuesOf(Encoded entry, List<Object> keys) throws CborException {
    Map<Object, RawCbor> found = new LinkedHashMap<>();
    CborReader in = entry.reader();
    in.startMap();
    while (in.more()) {
      Object key = readKey(in);
      if (keys.contains(key)) {
        found.put(key, in.readRaw());
      } else {
        in.skipValue();
      }
    }
    CborWriter values = new CborWriter();
    for (Object key : keys) {
      RawCbor value = found.get(key);
      if (value == null) {
        throw in.fail(Reason.MISSING, "an entry without its key " + key);
      }
      values.writeRaw(value);
    }
    return ByteBuffer.wrap(values.toByteArray());
  }
}
