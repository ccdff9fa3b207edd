package io.vireo.datastore.validate;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ElementCountConstraintAware;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// Nodes that must be there: mandatory leafs and choices, and lists' least numbers of entries (RFC
/// 7950 §7.6.5, §7.7.5, §7.9.4). Looks at what was touched and at what stands above it.
final class MandatoryRule {
  private final TreeSchema schema;
  // Whether something is mandatory below a schema node without crossing a list or a presence
  // container: most nodes need no look at their absent children.
  private final Map<DataSchemaNode, Boolean> demanding = new HashMap<>();
  // Per holder, the children worth a look: routes by the hundred thousand come past here.
  private final Map<DataNodeContainer, List<Child>> plans = new IdentityHashMap<>();

  /// A child that is demanding itself, or may hold something that is.
  private record Child(
      NodeIdentifier name, DataSchemaNode schema, boolean conditional, boolean seenThrough) {}

  MandatoryRule(TreeSchema schema) {
    this.schema = schema;
  }

  /// One place under examination.
  private record Place(TreeId tree, YangInstanceIdentifier path, List<ManagementError> errors) {
    Place below(PathArgument step) {
      return new Place(tree, path.node(step), errors);
    }
  }

  synchronized void check(
      TreeId tree,
      ContainerNode root,
      Set<YangInstanceIdentifier> touched,
      List<ManagementError> errors) {
    Set<YangInstanceIdentifier> above = new LinkedHashSet<>();
    for (YangInstanceIdentifier path : touched) {
      NormalizedNode node = root;
      DataNodeContainer holder = schema.context();
      DataSchemaNode at = null;
      YangInstanceIdentifier here = YangInstanceIdentifier.of();
      boolean there = true;
      for (PathArgument step : path.getPathArguments()) {
        if (above.add(here)) {
          lookAt(new Place(tree, here, errors), at, holder, node, false);
        }
        @Nullable NormalizedNode next = child(node, step);
        @Nullable DataSchemaNode nextAt = schemaOf(at, holder, step);
        if (next == null || nextAt == null) {
          there = false;
          break;
        }
        node = next;
        at = nextAt;
        holder = nextAt instanceof DataNodeContainer c ? c : holder;
        here = here.node(step);
      }
      if (there) {
        lookAt(new Place(tree, here, errors), at, holder, node, true);
      }
    }
  }

  private static @Nullable DataSchemaNode schemaOf(
      @Nullable DataSchemaNode at, DataNodeContainer holder, PathArgument step) {
    return switch (at) {
      case ListSchemaNode list when list.getQName().equals(step.getNodeType()) -> list;
      case ChoiceSchemaNode choice -> choice.findDataSchemaChild(step.getNodeType()).orElse(null);
      case null, default -> holder.dataChildByName(step.getNodeType());
    };
  }

  // Looks at one node that is there; `deep`: and at all below it.
  private void lookAt(
      Place place,
      @Nullable DataSchemaNode at,
      DataNodeContainer holder,
      NormalizedNode node,
      boolean deep) {
    switch (node) {
      case MapNode map -> {
        if (at instanceof ListSchemaNode list) {
          requireCount(place, list, map.size());
          if (deep && !plan(list).isEmpty()) {
            for (MapEntryNode entry : map.body()) {
              lookAt(place.below(entry.name()), list, list, entry, true);
            }
          }
        }
      }
      case LeafSetNode<?> leafSet -> {
        if (at instanceof ElementCountConstraintAware counted) {
          requireCount(place, counted, leafSet.size());
        }
      }
      case DataContainerNode container -> {
        if (at instanceof ChoiceSchemaNode choice) {
          lookAtCase(place, choice, container, deep);
        } else {
          children(place, at instanceof DataNodeContainer c ? c : holder, container, deep);
        }
      }
      default -> {}
    }
  }

  private void lookAtCase(
      Place place, ChoiceSchemaNode choice, DataContainerNode node, boolean deep) {
    for (CaseSchemaNode one : choice.getCases()) {
      boolean chosen =
          node.body().stream()
              .anyMatch(child -> one.dataChildByName(child.name().getNodeType()) != null);
      if (chosen && one.getWhenCondition().isEmpty()) {
        children(place, one, node, deep);
      }
    }
  }

  private void children(
      Place place, DataNodeContainer holder, DataContainerNode node, boolean deep) {
    for (Child child : plan(holder)) {
      NormalizedNode present = child(node, child.name);
      if (present == null) {
        if (!child.conditional) {
          missing(place, child.schema);
        }
      } else if (deep || child.seenThrough) {
        // RFC 7950 §7.6.5: containers without presence are looked through.
        DataNodeContainer below = child.schema instanceof DataNodeContainer c ? c : holder;
        lookAt(place.below(child.name), child.schema, below, present, deep);
      }
    }
  }

  private List<Child> plan(DataNodeContainer holder) {
    List<Child> known = plans.get(holder);
    if (known != null) {
      return known;
    }
    List<Child> plan = new ArrayList<>();
    for (DataSchemaNode child : holder.getChildNodes()) {
      if (child.effectiveConfig().orElse(true) && mayDemand(child)) {
        plan.add(
            new Child(
                NodeIdentifier.create(child.getQName()),
                child,
                child.getWhenCondition().isPresent(),
                child instanceof ContainerSchemaNode c
                    && !c.isPresenceContainer()
                    && isDemanding(child)));
      }
    }
    plans.put(holder, List.copyOf(plan));
    return plan;
  }

  // Whether it or anything below is mandatory or counted, on whatever condition.
  private boolean mayDemand(DataSchemaNode node) {
    return switch (node) {
      case LeafSchemaNode leaf -> leaf.isMandatory();
      case ChoiceSchemaNode choice ->
          choice.isMandatory()
              || choice.getCases().stream()
                  .anyMatch(one -> one.getChildNodes().stream().anyMatch(this::mayDemand));
      case ElementCountConstraintAware counted
          when counted.getElementCountConstraint().isPresent() ->
          true;
      case DataNodeContainer container ->
          container.getChildNodes().stream()
              .anyMatch(child -> child.effectiveConfig().orElse(true) && mayDemand(child));
      default -> false;
    };
  }

  // A node that is not there: is it, or something that it would hold, mandatory?
  private void missing(Place place, DataSchemaNode node) {
    if (!isDemanding(node)) {
      return;
    }
    NodeIdentifier name = NodeIdentifier.create(node.getQName());
    switch (node) {
      case LeafSchemaNode leaf ->
          // RFC 7950 §15.5 has no app-tag for a leaf; RFC 6241: data-missing.
          report(
              place,
              place.path().node(name),
              ErrorTag.DATA_MISSING,
              null,
              schema.text(place.path()) + " needs '" + leaf.getQName().getLocalName() + "'");
      case ChoiceSchemaNode choice ->
          // RFC 7950 §15.6.
          report(
              place,
              place.path(),
              ErrorTag.DATA_MISSING,
              "missing-choice",
              schema.text(place.path()) + " needs one of " + alternatives(choice));
      case ContainerSchemaNode container -> {
        for (DataSchemaNode child : container.getChildNodes()) {
          if (child.effectiveConfig().orElse(true) && child.getWhenCondition().isEmpty()) {
            missing(place.below(name), child);
          }
        }
      }
      case ElementCountConstraintAware counted -> requireCount(place.below(name), counted, 0);
      default -> {}
    }
  }

  private boolean isDemanding(DataSchemaNode node) {
    Boolean known = demanding.get(node);
    if (known != null) {
      return known;
    }
    boolean found =
        switch (node) {
          case LeafSchemaNode leaf -> leaf.isMandatory();
          case ChoiceSchemaNode choice -> choice.isMandatory();
          case ContainerSchemaNode container ->
              !container.isPresenceContainer()
                  && container.getChildNodes().stream().anyMatch(this::isDemanding);
          case ElementCountConstraintAware counted ->
              counted
                  .getElementCountConstraint()
                  .map(count -> count.getMinElements() != null && count.getMinElements() > 0)
                  .orElse(false);
          default -> false;
        };
    demanding.put(node, found);
    return found;
  }

  private void requireCount(Place place, ElementCountConstraintAware counted, int count) {
    counted
        .getElementCountConstraint()
        .ifPresent(range -> {
          Integer least = range.getMinElements();
          Integer most = range.getMaxElements();
          String where = schema.text(place.path());
          // RFC 7950 §15.2, §15.3.
          if (least != null && count < least) {
            report(
                place,
                place.path(),
                ErrorTag.OPERATION_FAILED,
                "too-few-elements",
                where + " has " + count + " entries and needs at least " + least);
          }
          if (most != null && count > most) {
            report(
                place,
                place.path(),
                ErrorTag.OPERATION_FAILED,
                "too-many-elements",
                where + " has " + count + " entries and may have " + most);
          }
        });
  }

  private static void report(
      Place place,
      YangInstanceIdentifier path,
      ErrorTag tag,
      @Nullable String appTag,
      String message) {
    place
        .errors()
        .add(
            new ManagementError(
                ErrorType.APPLICATION, tag, appTag, place.tree(), path, message, Map.of()));
  }

  private static String alternatives(ChoiceSchemaNode choice) {
    StringBuilder text = new StringBuilder();
    for (CaseSchemaNode one : choice.getCases()) {
      for (DataSchemaNode child : one.getChildNodes()) {
        text.append(text.isEmpty() ? "'" : ", '").append(child.getQName().getLocalName());
        text.append('\'');
      }
    }
    return text.toString();
  }

  @SuppressWarnings("unchecked")
  private static @Nullable NormalizedNode child(NormalizedNode node, PathArgument name) {
    return node instanceof DistinctNodeContainer<?, ?> nodes
        ? ((DistinctNodeContainer<PathArgument, NormalizedNode>) nodes).childByArg(name)
        : null;
  }
}
