package io.vireo.datastore.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;

/// Which trees and top-level nodes a read is about; a door filters further by itself. What is not
/// selected is not asked of a virtual router.
///
/// @param deviceNodes top-level nodes of the device's tree; null: all
/// @param routers names of the virtual routers; null: all, empty: none
/// @param routerNodes top-level nodes of a virtual router's tree; null: all
public record Selection(
    @Nullable Set<QName> deviceNodes,
    @Nullable Set<String> routers,
    @Nullable Set<QName> routerNodes) {
  /// Everything.
  public static final Selection ALL = new Selection(null, null, null);

  /// Some top-level nodes of one virtual router.
  public static Selection ofRouter(String name, Set<QName> nodes) {
    return new Selection(Set.of(), Set.of(name), nodes);
  }
}
