package io.vireo.rsock.server.access;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.vireo.drivers.linux.LinuxException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;

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
  private static final int MAX_BUFFER_BYTES = 16 << 20;
  private static final int FIRST_GROUPS = 4096;

  /// Linux's NGROUPS_MAX: no process is in more.
  private static final int MAX_GROUPS = 65536;

  private static final int ENOENT = 2;
  private static final int ESRCH = 3;
  private static final int ERANGE = 34;
  private static final int PRIMARY_GROUP_OFFSET = 20;

  private HostAccounts() {}

  /// The peer that SO_PEERCRED told: names of user and groups, numbers where there is no name.
  ///
  /// @throws LinuxException when the C library could not find out; who it is stays unknown then
  public static Peer lookup(int pid, int uid, int gid) throws LinuxException {
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

  /// Whether that result, without an entry, says that there is none; else it says nothing.
  static boolean isNotFound(int error) {
    return error == 0 || error == ENOENT || error == ESRCH;
  }

  /// One lookup's memory.
  private static final class Calls {
    private final MemorySegment struct;
    private final MemorySegment result;
    private final Arena arena;
    private MemorySegment buffer;
    private final MemorySegment count;
    private boolean found;
    private int primaryGroup;

    Calls(Arena arena) {
      this.arena = arena;
      struct = arena.allocate(STRUCT_BYTES, Long.BYTES);
      result = arena.allocate(Long.BYTES, Long.BYTES);
      buffer = arena.allocate(BUFFER_BYTES, Long.BYTES);
      count = arena.allocate(Integer.BYTES, Integer.BYTES);
    }

    boolean found() {
      return found;
    }

    String user(int uid) throws LinuxException {
      found =
          isFound(
              () ->
                  Libc.getpwuid_r(
                      uid, struct.address(), buffer.address(), buffer.byteSize(), result.address()),
              "account of user " + Integer.toUnsignedString(uid));
      if (!found) {
        return Integer.toUnsignedString(uid);
      }
      primaryGroup = struct.get(ValueLayout.JAVA_INT, PRIMARY_GROUP_OFFSET);
      return name();
    }

    String group(int gid) throws LinuxException {
      boolean named =
          isFound(
              () ->
                  Libc.getgrgid_r(
                      gid, struct.address(), buffer.address(), buffer.byteSize(), result.address()),
              "name of group " + Integer.toUnsignedString(gid));
      return named ? name() : Integer.toUnsignedString(gid);
    }

    /// Runs a lookup, with more memory as long as it asks for it (ERANGE).
    ///
    /// @throws LinuxException when it failed: that says nothing of whether there is such a name
    private boolean isFound(IntSupplier lookup, String what) throws LinuxException {
      while (true) {
        int error = lookup.getAsInt();
        boolean present = result.get(ValueLayout.JAVA_LONG, 0) != 0;
        if (error == 0 && present) {
          return true;
        }
        if (isNotFound(error)) {
          return false;
        }
        if (error != ERANGE || buffer.byteSize() >= MAX_BUFFER_BYTES) {
          throw new LinuxException(what, error);
        }
        buffer = arena.allocate(4 * buffer.byteSize(), Long.BYTES);
      }
    }

    int[] groupsOf(String user) throws LinuxException {
      int capacity = FIRST_GROUPS;
      while (true) {
        MemorySegment groups = arena.allocate(ValueLayout.JAVA_INT, capacity);
        count.set(ValueLayout.JAVA_INT, 0, capacity);
        if (Libc.getgrouplist(user, primaryGroup, groups.address(), count.address()) >= 0) {
          int[] ids = new int[count.get(ValueLayout.JAVA_INT, 0)];
          MemorySegment.copy(groups, ValueLayout.JAVA_INT, 0, ids, 0, ids.length);
          return ids;
        }
        if (capacity >= MAX_GROUPS) {
          throw new LinuxException("groups of user " + user, ERANGE);
        }
        capacity *= 16;
      }
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
