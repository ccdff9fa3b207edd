package io.vireo.netconf.monitoring;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;

/// `/yang-library/content-id` (RFC 8525 §3): read once through the management API, so that the
/// hello says what a client then reads.
public final class ContentId {
  private final QName library;
  private volatile @Nullable String known;

  /// @param library name of the yang-library's container
  ContentId(QName library) {
    this.library = library;
  }

  /// The identifier; null where the yang-library has none.
  public @Nullable String read(ManagementSession session) throws InterruptedIOException {
    String id = known;
    if (id == null) {
      id = ask(session);
      known = id;
    }
    return id;
  }

  @Nullable String known() {
    return known;
  }

  private @Nullable String ask(ManagementSession session) throws InterruptedIOException {
    List<Trees> pages = new CopyOnWriteArrayList<>();
    try {
      session
          .read(
              Datastore.OPERATIONAL, new Selection(Set.of(library), Set.of(), Set.of()), pages::add)
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ManagementException) {
        return null; // the reader may not see it: the hello does without
      }
      throw new IllegalStateException("the yang-library can't be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the session ends");
    }
    for (Trees page : pages) {
      for (DataContainerChild child : page.device().body()) {
        if (child instanceof ContainerNode container
            && container.name().getNodeType().equals(library)) {
          return contentId(container);
        }
      }
    }
    return null;
  }

  private static @Nullable String contentId(ContainerNode container) {
    for (DataContainerChild child : container.body()) {
      if (child instanceof LeafNode<?> leaf
          && leaf.name().getNodeType().getLocalName().equals("content-id")) {
        return leaf.body().toString();
      }
    }
    return null;
  }
}
