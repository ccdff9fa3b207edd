package io.vireo.datastore.tree;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;

/// Where virtual routers stand in the device's tree: `/logical-network-elements` of RFC 8530. A
/// list entry means that the virtual router's own tree exists (RFC 8528 §3.3: mounted at `root`).
public final class RouterEntries {
  public static final QName CONTAINER =
      QName.create(
          "urn:ietf:params:xml:ns:yang:ietf-logical-network-element",
          "2019-01-25",
          "logical-network-elements");
  public static final QName LIST = QName.create(CONTAINER, "logical-network-element");
  public static final QName KEY = QName.create(CONTAINER, "name");

  private static final YangInstanceIdentifier MAP = YangInstanceIdentifier.of(CONTAINER, LIST);

  private RouterEntries() {}

  /// The list entry of a virtual router.
  public static YangInstanceIdentifier path(String router) {
    return MAP.node(NodeIdentifierWithPredicates.of(LIST, KEY, router));
  }

  /// The virtual routers of a device's tree.
  public static SortedSet<String> names(ContainerNode device) {
    return names(path -> NormalizedNodes.findNode(device, path));
  }

  static SortedSet<String> names(
      Function<YangInstanceIdentifier, Optional<NormalizedNode>> device) {
    SortedSet<String> names = new TreeSet<>();
    if (device.apply(MAP).orElse(null) instanceof MapNode map) {
      for (MapEntryNode entry : map.body()) {
        names.add(String.valueOf(entry.name().getValue(KEY)));
      }
    }
    return names;
  }

  /// Whether an edit at this path may make or delete virtual routers.
  static boolean mayConcern(YangInstanceIdentifier path) {
    PathArgument first = path.isEmpty() ? null : path.getPathArguments().getFirst();
    return first == null
        || (first.equals(new NodeIdentifier(CONTAINER)) && path.getPathArguments().size() <= 3);
  }

  /// Whether the path is this virtual router's list entry or stands above it.
  static boolean covers(YangInstanceIdentifier path, String router) {
    return path.contains(path(router));
  }
}
