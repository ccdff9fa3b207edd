package io.vireo.datastore.engine;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.SessionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The open sessions.
public final class SessionTable {
  private final Map<Integer, EngineSession> open = new TreeMap<>();
  private int last;

  /// Makes a session with a number of its own.
  interface Maker {
    EngineSession make(int id);
  }

  // RFC 6241 §3.1 session-id: 1 to 2^31-1.
  synchronized EngineSession add(Caller caller, Maker maker) {
    do {
      last = last == Integer.MAX_VALUE ? 1 : last + 1;
    } while (open.containsKey(last));
    EngineSession session = maker.make(last);
    open.put(last, session);
    return session;
  }

  synchronized @Nullable EngineSession find(int id) {
    return open.get(id);
  }

  synchronized void remove(int id) {
    open.remove(id);
  }

  public synchronized List<SessionInfo> list() {
    return open.values().stream().map(EngineSession::info).toList();
  }

  synchronized List<EngineSession> all() {
    return new ArrayList<>(open.values());
  }
}
