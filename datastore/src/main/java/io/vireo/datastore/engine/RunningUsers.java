package io.vireo.datastore.engine;

import io.vireo.datastore.api.UserDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;

/// The users of running (`/vireo-system:system/authentication`, in RFC 7317's shape).
public final class RunningUsers implements UserDirectory {
  private static final QName SYSTEM =
      QName.create("urn:vireo:yang:vireo-system", "2026-11-23", "system");
  private static final QName USER = QName.create(SYSTEM, "user");
  private static final QName NAME = QName.create(SYSTEM, "name");
  private static final QName PASSWORD = QName.create(SYSTEM, "password");
  private static final QName AUTHORIZED_KEY = QName.create(SYSTEM, "authorized-key");
  private static final QName ALGORITHM = QName.create(SYSTEM, "algorithm");
  private static final QName KEY_DATA = QName.create(SYSTEM, "key-data");
  private static final YangInstanceIdentifier USERS =
      YangInstanceIdentifier.of(SYSTEM, QName.create(SYSTEM, "authentication"), USER);

  private final Stage stage;

  public RunningUsers(Stage stage) {
    this.stage = stage;
  }

  @Override
  public Optional<User> find(String name) {
    return NormalizedNodes.findNode(
            stage.now().running().device(),
            USERS.node(NodeIdentifierWithPredicates.of(USER, NAME, name)))
        .map(node -> user(name, (MapEntryNode) node));
  }

  /// Whether anyone may log in at all.
  public boolean isEmpty() {
    return NormalizedNodes.findNode(stage.now().running().device(), USERS).isEmpty();
  }

  private static User user(String name, MapEntryNode entry) {
    List<AuthorizedKey> keys = new ArrayList<>();
    if (entry.childByArg(NodeIdentifier.create(AUTHORIZED_KEY)) instanceof MapNode map) {
      for (MapEntryNode key : map.body()) {
        if (value(key, ALGORITHM) instanceof String algorithm
            && value(key, KEY_DATA) instanceof byte[] blob) {
          keys.add(new AuthorizedKey(algorithm, blob));
        }
      }
    }
    return new User(name, value(entry, PASSWORD) instanceof String hash ? hash : null, keys);
  }

  private static @Nullable Object value(MapEntryNode entry, QName leaf) {
    var node = entry.childByArg(NodeIdentifier.create(leaf));
    return node == null ? null : node.body();
  }
}
