package io.vireo.datastore.validate;

import io.vireo.datastore.access.AccessControl;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.CandidateEditor;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.datastore.xpath.AccessibleTree;
import io.vireo.datastore.xpath.Evaluator;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Everything that RFC 7950 §8.1 demands of a valid configuration, and what holds on a device that
/// no schema can say; looked at as far as a change may have made it wrong. Any thread.
public final class Validation {
  // A client needs to see some errors, not all of ten thousand.
  private static final int ERRORS = 20;
  // Conditions that fall like dominoes fall in far fewer rounds.
  private static final int ROUNDS = 100;

  private final TreeSchemas schemas;
  private final RuleBook device;
  private final RuleBook router;
  private final AtomicLong evaluations = new AtomicLong();

  public Validation(TreeSchemas schemas) {
    this.schemas = schemas;
    this.device = new RuleBook(schemas.device().nodes());
    this.router = new RuleBook(schemas.router().nodes());
  }

  /// What came of a look at a candidate.
  ///
  /// @param candidate without the nodes whose conditions hold no more (RFC 7950 §8.2)
  /// @param changes what tells it from running, by tree
  /// @param errors none: it is valid
  public record Result(
      Candidate candidate, SortedMap<TreeId, List<Change>> changes, List<ManagementError> errors) {}

  /// How many expressions were evaluated since the start.
  public long evaluations() {
    return evaluations.get();
  }

  /// Looks at a candidate.
  ///
  /// @param running valid as it is
  public Result check(Trees running, Candidate candidate) throws ManagementException {
    Candidate looked = candidate;
    for (int round = 0; round < ROUNDS; round++) {
      SortedMap<TreeId, List<Change>> changes = TreeDifference.between(running, looked);
      List<ManagementError> errors = new ArrayList<>();
      List<TreeEdit> withered = new ArrayList<>();
      check(running, looked.trees(), changes, errors, withered);
      if (withered.isEmpty() || !errors.isEmpty()) {
        return new Result(looked, changes, List.copyOf(errors));
      }
      looked = CandidateEditor.edit(schemas, looked, withered);
    }
    throw new ManagementException(
        ManagementError.application(
            ErrorTag.OPERATION_FAILED,
            "the conditions of the models come to no end: what they delete makes others change"));
  }

  /// What is wrong with a whole state.
  public List<ManagementError> check(Trees trees) {
    SortedMap<TreeId, List<Change>> all = new TreeMap<>();
    all.put(TreeId.DEVICE, whole(trees.device()));
    trees.routers().forEach((name, root) -> all.put(new TreeId.Router(name), whole(root)));
    List<ManagementError> errors = new ArrayList<>();
    check(null, trees, all, errors, new ArrayList<>());
    return List.copyOf(errors);
  }

  /// With the defaults in use among what is configured.
  ///
  /// @param ofDevice whether the device's tree is meant, too; else it stays as it is
  /// @param added receives, by tree, the paths of the leafs that come in
  public Trees withDefaults(
      Trees trees, boolean ofDevice, Map<TreeId, Set<YangInstanceIdentifier>> added) {
    SortedMap<String, ContainerNode> routers = new TreeMap<>(trees.routers());
    routers.replaceAll((name, root) -> filled(router, root, of(new TreeId.Router(name), added)));
    ContainerNode root = trees.device();
    return new Trees(ofDevice ? filled(device, root, of(TreeId.DEVICE, added)) : root, routers);
  }

  private static Set<YangInstanceIdentifier> of(
      TreeId tree, Map<TreeId, Set<YangInstanceIdentifier>> added) {
    return added.computeIfAbsent(tree, each -> new HashSet<>());
  }

  private ContainerNode filled(
      RuleBook book, ContainerNode root, Set<YangInstanceIdentifier> added) {
    Evaluator evaluator = new Evaluator(book.references());
    DefaultConditions conditions = new DefaultConditions(book, new Truths(evaluator));
    AccessibleTree tree = new AccessibleTree(book.tree(), root, conditions);
    return new DefaultsFill(book.withDefaults(), added).fill(tree);
  }

  /// Without what is as the models' defaults say.
  public Trees withoutDefaults(Trees trees) {
    SortedMap<String, ContainerNode> routers = new TreeMap<>(trees.routers());
    routers.replaceAll((name, root) -> trimmed(router, root));
    return new Trees(trimmed(device, trees.device()), routers);
  }

  private static ContainerNode trimmed(RuleBook book, ContainerNode root) {
    return new DefaultsTrim(book.withDefaults()).trim(book.tree().root(), root);
  }

  private static List<Change> whole(ContainerNode root) {
    return List.of(new Change(YangInstanceIdentifier.of(), null, root));
  }

  private void check(
      @Nullable Trees before,
      Trees after,
      Map<TreeId, List<Change>> changes,
      List<ManagementError> errors,
      List<TreeEdit> withered) {
    changes.forEach((tree, differences) -> {
      ContainerNode root = TreeDifference.root(after, tree);
      if (root == null || errors.size() >= ERRORS) {
        return;
      }
      boolean isDevice = tree instanceof TreeId.Device;
      RuleBook book = isDevice ? device : router;
      Evaluator evaluator = new Evaluator(book.references());
      TreeCheck.Outcome outcome =
          new TreeCheck(
                  book,
                  schemas.of(tree),
                  tree,
                  before == null ? null : TreeDifference.root(before, tree),
                  root,
                  differences,
                  evaluator)
              .run();
      evaluations.addAndGet(evaluator.evaluations());
      errors.addAll(outcome.errors());
      outcome
          .withered()
          .forEach(path -> withered.add(new TreeEdit(tree, new EditOperation.Remove(path))));
      if (isDevice) {
        DeviceRules.check(root, differences, errors);
        AccessControl.check(schemas, root, differences, errors);
      }
    });
  }
}
