package io.vireo.datastore.validate;

import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// All checks, over the trees that a change touches.
public final class Validation {
  // A client needs to see some errors, not all of ten thousand.
  private static final int ERRORS = 20;

  private final MandatoryRule deviceMandatory;
  private final MandatoryRule routerMandatory;
  private final ReferenceRule deviceReferences;
  private final ReferenceRule routerReferences;

  public Validation(TreeSchemas schemas) {
    deviceMandatory = new MandatoryRule(schemas.device());
    routerMandatory = new MandatoryRule(schemas.router());
    deviceReferences = new ReferenceRule(schemas.device());
    routerReferences = new ReferenceRule(schemas.router());
  }

  /// What is wrong with a state, as far as the touched paths may have made it wrong.
  ///
  /// @param touched paths by tree; trees that are gone are passed over
  public List<ManagementError> check(
      Trees trees, Map<TreeId, Set<YangInstanceIdentifier>> touched) {
    List<ManagementError> errors = new ArrayList<>();
    touched.forEach((tree, paths) -> {
      ContainerNode root = TreeDifference.root(trees, tree);
      if (root != null) {
        boolean device = tree instanceof TreeId.Device;
        (device ? deviceMandatory : routerMandatory).check(tree, root, paths, errors);
        (device ? deviceReferences : routerReferences).check(tree, root, paths, errors);
        if (device) {
          DeviceRules.check(root, paths, errors);
        } else {
          RouterRules.check(tree, root, paths, errors);
        }
      }
    });
    return errors.size() > ERRORS ? List.copyOf(errors.subList(0, ERRORS)) : List.copyOf(errors);
  }

  /// What is wrong with a whole state.
  public List<ManagementError> check(Trees trees) {
    SortedMap<TreeId, Set<YangInstanceIdentifier>> all = new TreeMap<>();
    all.put(TreeId.DEVICE, Set.of(YangInstanceIdentifier.of()));
    for (String router : trees.routers().keySet()) {
      all.put(new TreeId.Router(router), Set.of(YangInstanceIdentifier.of()));
    }
    return check(trees, all);
  }
}
