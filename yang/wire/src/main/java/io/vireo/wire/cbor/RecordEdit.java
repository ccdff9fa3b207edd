package io.vireo.wire.cbor;

import io.vireo.wire.cbor.CborException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One edit of a [CborPatch] on its way down through generated records: each makes the next of
/// itself, and shares what the edit does not touch. A record asks for the [#delta] of the member
/// that the edit is about and hands [#below] on to it; where it has no member that is patched in
/// place, it is written, patched and read again ([#inBytes]). One thread.
public final class RecordEdit {
  private static final byte[] NOTHING = {(byte) 0xa0};

  private final List<RawCbor> path;
  private final int depth;
  private final @Nullable RawCbor value;

  private RecordEdit(List<RawCbor> path, int depth, @Nullable RawCbor value) {
    this.path = path;
    this.depth = depth;
    this.value = value;
  }

  /// Reads a record of its map.
  @FunctionalInterface
  public interface Reader<T> {
    T read(CborReader in) throws CborException;
  }

  /// Makes a record's next.
  @FunctionalInterface
  public interface Patcher<T> {
    T patched(T record, RecordEdit edit) throws CborException;
  }

  /// A tree's record after a patch.
  ///
  /// @throws CborException it is malformed or does not fit; the record is as it was
  public static <T> T apply(T root, byte[] patch, Reader<T> reader, Patcher<T> patcher)
      throws CborException {
    CborReader in = new CborReader(patch);
    T now = root;
    in.startArray();
    while (in.more()) {
      in.startArray();
      if (!in.more()) {
        throw in.fail(Reason.MISSING, "an edit without a path");
      }
      List<RawCbor> path = new ArrayList<>();
      in.startArray();
      while (in.more()) {
        path.add(in.readRaw());
      }
      RawCbor value = null;
      if (in.more()) {
        value = in.readRaw();
        if (in.more()) {
          throw in.fail(Reason.TRAILING, "an edit of more than path and value");
        }
      }
      RecordEdit edit = new RecordEdit(path, 0, value);
      try {
        now =
            edit.isEnd()
                ? reader.read(value == null ? new CborReader(NOTHING) : value.reader())
                : patcher.patched(now, edit);
      } catch (IllegalArgumentException e) {
        throw in.fail(Reason.OUT_OF_RANGE, String.valueOf(e.getMessage()));
      }
    }
    in.requireEnd();
    return now;
  }

  /// The delta of the member that the edit is about; [CborReader#NO_DELTA] where it is named
  /// otherwise.
  public int delta() throws CborException {
    CborReader step = path.get(depth).reader();
    if (step.peek() != CborType.UNSIGNED && step.peek() != CborType.NEGATIVE) {
      return CborReader.NO_DELTA;
    }
    long delta = step.readLong();
    return delta == (int) delta ? (int) delta : CborReader.NO_DELTA;
  }

  /// The same, of the member.
  public RecordEdit below() {
    return new RecordEdit(path, depth + 1, value);
  }

  private boolean isEnd() {
    return depth == path.size();
  }

  /// A leaf's new value, to be read; null: it is deleted.
  public @Nullable CborReader leaf() throws CborException {
    if (!isEnd()) {
      throw path.get(depth).reader().fail(Reason.WRONG_TYPE, "a patch of what is inside a leaf");
    }
    return value == null ? null : value.reader();
  }

  /// A container's next.
  ///
  /// @param now null: there is none yet
  public <T> @Nullable T container(@Nullable T now, Reader<T> reader, Patcher<T> patcher)
      throws CborException {
    if (isEnd()) {
      return value == null ? null : reader.read(value.reader());
    }
    return patcher.patched(now == null ? reader.read(new CborReader(NOTHING)) : now, this);
  }

  /// A list's next.
  ///
  /// @param sameKeys whether two are the same entry
  public <T> List<T> entries(
      List<T> now, Reader<T> reader, Patcher<T> patcher, BiPredicate<T, T> sameKeys)
      throws CborException {
    List<T> next = new ArrayList<>();
    if (isEnd()) {
      if (value != null) {
        CborReader in = value.reader();
        in.startArray();
        while (in.more()) {
          next.add(reader.read(in));
        }
      }
      return next;
    }
    T named = reader.read(new CborReader(selected(path.get(depth))));
    int at = 0;
    while (at < now.size() && !sameKeys.test(now.get(at), named)) {
      at++;
    }
    boolean there = at < now.size();
    RecordEdit below = below();
    next.addAll(now);
    if (!below.isEnd()) {
      if (!there) {
        throw path.get(depth)
            .reader()
            .fail(Reason.MISSING, "a patch of an entry that is not there");
      }
      next.set(at, patcher.patched(now.get(at), below));
    } else if (value == null) {
      if (there) {
        next.remove(at);
      }
    } else if (there) {
      next.set(at, reader.read(value.reader()));
    } else {
      next.add(reader.read(value.reader()));
    }
    return next;
  }

  // The keys of an entry as the map that they stand in.
  private static byte[] selected(RawCbor selector) throws CborException {
    CborReader in = selector.reader();
    CborWriter map = new CborWriter();
    map.startMap();
    in.startArray();
    while (in.more()) {
      map.writeRaw(in.readRaw());
      if (!in.more()) {
        throw in.fail(Reason.MISSING, "a key without a value");
      }
      map.writeRaw(in.readRaw());
    }
    map.end();
    return map.toByteArray();
  }

  /// A record's next, by way of its bytes.
  public <T> T inBytes(Consumer<CborWriter> write, Reader<T> reader) throws CborException {
    CborWriter bytes = new CborWriter();
    write.accept(bytes);
    CborWriter patch = new CborWriter();
    patch.startArray(1);
    patch.startArray(value == null ? 1 : 2);
    patch.startArray(path.size() - depth);
    for (RawCbor step : path.subList(depth, path.size())) {
      patch.writeRaw(step);
    }
    if (value != null) {
      patch.writeRaw(value);
    }
    byte[] patched = CborPatch.apply(bytes.toByteArray(), List.of(patch.toByteArray()));
    return reader.read(new CborReader(patched == null ? NOTHING : patched));
  }
}
