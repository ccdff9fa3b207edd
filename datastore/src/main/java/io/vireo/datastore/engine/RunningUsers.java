package io.vireo.datastore.engine;

import io.vireo.datastore.api.UserDirectory;
import io.vireo.datastore.tree.NodeLookup;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// The users of running (`/vireo-system:system/authentication`, in RFC 7317's shape), with their
/// keys from the truststore.
public final class RunningUsers implements UserDirectory {
  private static final String NAMESPACE = "urn:vireo:yang:vireo-system";

  private static final String SSH_NAMESPACE = "urn:vireo:yang:vireo-ssh-server";

  private final Stage stage;
  private final @Nullable SchemaNode user;
  private final @Nullable SchemaNode bagReference;
  private final KeyBags bags;

  /// @param device its schema; one without the model has no users
  public RunningUsers(Stage stage, SchemaTree device) {
    this.stage = stage;
    this.user = device.find(NAMESPACE, "system", "authentication", "user");
    this.bagReference = user == null ? null : user.lookup(SSH_NAMESPACE, "public-key-bag");
    this.bags = new KeyBags(device);
  }

  @Override
  public Optional<User> find(String name) {
    NormalizedNode device = stage.now().running().device();
    MapNode users = users(device);
    if (user == null || users == null) {
      return Optional.empty();
    }
    MapEntryNode entry =
        users.childByArg(
            NodeIdentifierWithPredicates.of(user.name(), user.keys().getFirst(), name));
    return Optional.ofNullable(entry).map(found -> user(device, name, found));
  }

  /// Whether anyone may log in at all.
  public boolean isEmpty() {
    return users(stage.now().running().device()) == null;
  }

  private @Nullable MapNode users(NormalizedNode device) {
    SchemaNode list = user;
    SchemaNode authentication = list == null ? null : list.parent();
    SchemaNode system = authentication == null ? null : authentication.parent();
    if (list == null || authentication == null || system == null) {
      return null;
    }
    NormalizedNode at = device;
    for (SchemaNode step : List.of(system, authentication, list)) {
      at = NodeLookup.child(at, step.identifier());
    }
    return at instanceof MapNode map ? map : null;
  }

  private User user(NormalizedNode device, String name, MapEntryNode entry) {
    List<AuthorizedKey> keys = new ArrayList<>();
    if (child(entry, "authorized-key") instanceof MapNode map) {
      for (MapEntryNode key : map.body()) {
        if (value(key, "algorithm") instanceof String algorithm
            && value(key, "key-data") instanceof byte[] blob) {
          keys.add(new AuthorizedKey(algorithm, blob));
        }
      }
    }
    SchemaNode reference = bagReference;
    NormalizedNode bag = reference == null ? null : NodeLookup.child(entry, reference.identifier());
    if (bag != null) {
      keys.addAll(bags.keys(device, bag.body().toString()));
    }
    return new User(name, value(entry, "password") instanceof String hash ? hash : null, keys);
  }

  private static @Nullable DataContainerChild child(MapEntryNode entry, String name) {
    return entry.childByArg(NodeIdentifier.create(QName.create(entry.name().getNodeType(), name)));
  }

  private static @Nullable Object value(MapEntryNode entry, String leaf) {
    DataContainerChild node = child(entry, leaf);
    return node == null ? null : node.body();
  }
}
