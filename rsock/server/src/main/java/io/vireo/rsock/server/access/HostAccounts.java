package io.vireo.rsock.server.access;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;

/// The host's users and groups, from wherever the C library takes them (files, LDAP, ...).
///
/// ```text
///  struct passwd (64-bit): 0 pw_name, 8 pw_passwd, 16 pw_uid (int), 20 pw_gid (int)
///  struct group  (64-bit): 0 gr_name
/// ```
///
/// A lookup may wait for the network: call it on a thread of the connection concerned.
public final class HostAccounts {
  private static final int STRUCT_BYTES = 64;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAX_GROUPS = 4096;
  private static final int PRIMARY_GROUP_OFFSET = 20;

  private HostAccounts() {}

  /// The peer that SO_PEERCRED told: names of user and groups, numbers where there is no name.
  public static Peer lookup(int pid, int uid, int gid) {
    try (Arena arena = Arena.ofConfined()) {
      Calls calls = new Calls(arena);
      String user = calls.user(uid);
      Set<String> groups = new HashSet<>();
      groups.add(calls.group(gid));
      if (calls.found()) {
        for (int group : calls.groupsOf(user)) {
          groups.add(calls.group(group));
        }
      }
      return new Peer(user, uid, groups, pid);
    }
  }

  /// One lookup's memory.
  private static final class Calls {
    private final MemorySegment struct;
    private final MemorySegment result;
    private final MemorySegment buffer;
    private final MemorySegment groups;
    private final MemorySegment count;
    private boolean found;
    private int primaryGroup;

    Calls(Arena arena) {
      struct = arena.allocate(STRUCT_BYTES, Long.BYTES);
      result = arena.allocate(Long.BYTES, Long.BYTES);
      buffer = arena.allocate(BUFFER_BYTES, Long.BYTES);
      groups = arena.allocate((long) MAX_GROUPS * Integer.BYTES, Integer.BYTES);
      count = arena.allocate(Integer.BYTES, Integer.BYTES);
    }

    boolean found() {
      return found;
    }

    String user(int uid) {
      int failed =
          Libc.getpwuid_r(uid, struct.address(), buffer.address(), BUFFER_BYTES, result.address());
      found = failed == 0 && result.get(ValueLayout.JAVA_LONG, 0) != 0;
      if (!found) {
        return Integer.toUnsignedString(uid);
      }
      primaryGroup = struct.get(ValueLayout.JAVA_INT, PRIMARY_GROUP_OFFSET);
      return name();
    }

    String group(int gid) {
      int failed =
          Libc.getgrgid_r(gid, struct.address(), buffer.address(), BUFFER_BYTES, result.address());
      return failed == 0 && result.get(ValueLayout.JAVA_LONG, 0) != 0
          ? name()
          : Integer.toUnsignedString(gid);
    }

    int[] groupsOf(String user) {
      count.set(ValueLayout.JAVA_INT, 0, MAX_GROUPS);
      if (Libc.getgrouplist(user, primaryGroup, groups.address(), count.address()) < 0) {
        return new int[] {primaryGroup}; // in more groups than fit: only the primary one counts
      }
      int[] ids = new int[count.get(ValueLayout.JAVA_INT, 0)];
      MemorySegment.copy(groups, ValueLayout.JAVA_INT, 0, ids, 0, ids.length);
      return ids;
    }

    /// The name that the struct's first field points to, inside the buffer.
    private String name() {
      long address = struct.get(ValueLayout.JAVA_LONG, 0);
      return buffer.getString(address - buffer.address());
    }
  }

  /// JNA direct mapping; pointers are `long` addresses.
  private static final class Libc {
    static {
      Native.register(Libc.class, NativeLibrary.getProcess());
    }

    static native int getpwuid_r(int uid, long passwd, long buffer, long length, long result);

    static native int getgrgid_r(int gid, long group, long buffer, long length, long result);

    static native int getgrouplist(String user, int gid, long groups, long count);
  }
}
