package io.vireo.datastore.engine;

import io.vireo.datastore.api.UserDirectory.AuthorizedKey;
import io.vireo.datastore.tree.NodeLookup;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// SSH public keys in the truststore (RFC 9641).
final class KeyBags {
  private static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-truststore";
  private static final String SSH_FORMAT = "ssh-public-key-format";
  private static final int MAX_ALGORITHM_OCTETS = 64;

  private final @Nullable SchemaNode bag;

  /// @param device its schema; one without the model has no bags
  KeyBags(SchemaTree device) {
    bag = device.find(NAMESPACE, "truststore", "public-key-bags", "public-key-bag");
  }

  /// The SSH keys in a bag; those in other forms are not keys of users.
  List<AuthorizedKey> keys(NormalizedNode device, String name) {
    SchemaNode list = bag;
    SchemaNode bags = list == null ? null : list.parent();
    SchemaNode truststore = bags == null ? null : bags.parent();
    if (list == null || bags == null || truststore == null) {
      return List.of();
    }
    NormalizedNode at = device;
    for (SchemaNode step : List.of(truststore, bags, list)) {
      at = NodeLookup.child(at, step.identifier());
    }
    at =
        NodeLookup.child(
            at, NodeIdentifierWithPredicates.of(list.name(), list.keys().getFirst(), name));
    List<AuthorizedKey> keys = new ArrayList<>();
    if (NodeLookup.child(at, identifier(list, "public-key")) instanceof MapNode map) {
      for (MapEntryNode entry : map.body()) {
        AuthorizedKey key = key(list, entry);
        if (key != null) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  private static @Nullable AuthorizedKey key(SchemaNode list, MapEntryNode entry) {
    NormalizedNode format = NodeLookup.child(entry, identifier(list, "public-key-format"));
    NormalizedNode data = NodeLookup.child(entry, identifier(list, "public-key"));
    if (format == null
        || data == null
        || !(format.body() instanceof QName identity)
        || !identity.getLocalName().equals(SSH_FORMAT)
        || !(data.body() instanceof byte[] blob)) {
      return null;
    }
    String algorithm = algorithm(blob);
    return algorithm == null ? null : new AuthorizedKey(algorithm, blob);
  }

  /// RFC 4253 §6.6: a key begins with its algorithm's name.
  private static @Nullable String algorithm(byte[] blob) {
    if (blob.length < Integer.BYTES) {
      return null;
    }
    int length = ByteBuffer.wrap(blob).getInt();
    return length < 1 || length > MAX_ALGORITHM_OCTETS || length > blob.length - Integer.BYTES
        ? null
        : new String(blob, Integer.BYTES, length, StandardCharsets.US_ASCII);
  }

  private static NodeIdentifier identifier(SchemaNode list, String name) {
    return NodeIdentifier.create(QName.create(list.name(), name));
  }
}
