package io.vireo.datastore.validate;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.TypedDataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.CaseEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;

/// Leafrefs that must lead somewhere (RFC 7950 §9.9, require-instance). The references and what
/// they refer to are found in the schema once; a change looks only at references that it touches,
/// or at all that lead to where it may have taken something away.
final class ReferenceRule {
  private record Reference(SchemaSteps from, SchemaSteps to) {}

  private final TreeSchema schema;
  private final List<Reference> references = new ArrayList<>();

  ReferenceRule(TreeSchema schema) {
    this.schema = schema;
    collect(schema.context(), SchemaInferenceStack.of(schema.context()));
  }

  private void collect(DataNodeContainer holder, SchemaInferenceStack stack) {
    for (DataSchemaNode child : holder.getChildNodes()) {
      if (!child.effectiveConfig().orElse(true)) {
        continue;
      }
      stack.enterSchemaTree(child.getQName());
      switch (child) {
        case DataNodeContainer container -> collect(container, stack);
        case ChoiceSchemaNode choice -> {
          for (CaseSchemaNode one : choice.getCases()) {
            stack.enterSchemaTree(one.getQName());
            collect(one, stack);
            stack.exit();
          }
        }
        case TypedDataSchemaNode leaf -> collect(leaf, stack);
        default -> {}
      }
      stack.exit();
    }
  }

  private void collect(TypedDataSchemaNode leaf, SchemaInferenceStack stack) {
    if (leaf.getType() instanceof LeafrefTypeDefinition leafref
        && leafref.requireInstance()
        && leafref.getPathStatement().isAbsolute()
        && !leafref.getPathStatement().getOriginalString().contains("[")) {
      SchemaInferenceStack target = stack.copy();
      target.resolvePathExpression(leafref.getPathStatement());
      references.add(new Reference(stepsOf(stack), stepsOf(target)));
    }
  }

  private static SchemaSteps stepsOf(SchemaInferenceStack stack) {
    List<QName> names = new ArrayList<>();
    for (EffectiveStatement<?, ?> statement : stack.toInference().statementPath()) {
      if (!(statement instanceof CaseEffectiveStatement)
          && statement.argument() instanceof QName name) {
        names.add(name);
      }
    }
    return new SchemaSteps(names);
  }

  void check(
      TreeId tree,
      ContainerNode root,
      Set<YangInstanceIdentifier> touched,
      List<ManagementError> errors) {
    for (Reference reference : references) {
      Set<YangInstanceIdentifier> places = new HashSet<>();
      for (YangInstanceIdentifier path : touched) {
        SchemaSteps at = SchemaSteps.of(path);
        if (at.meets(reference.to) && mayHaveTaken(root, path)) {
          places = Set.of(YangInstanceIdentifier.of());
          break;
        }
        if (at.meets(reference.from)) {
          places.add(path);
        }
      }
      if (!places.isEmpty()) {
        check(tree, root, reference, places, errors);
      }
    }
  }

  // An entry that is still there still has its key.
  private static boolean mayHaveTaken(ContainerNode root, YangInstanceIdentifier path) {
    return !(path.getLastPathArgument() instanceof NodeIdentifierWithPredicates)
        || NormalizedNodes.findNode(root, path).isEmpty();
  }

  private void check(
      TreeId tree,
      ContainerNode root,
      Reference reference,
      Set<YangInstanceIdentifier> places,
      List<ManagementError> errors) {
    Set<Object> targets = new HashSet<>();
    reference.to.forEach(
        root, YangInstanceIdentifier.of(), (path, leaf) -> targets.add(leaf.body()));
    String kind =
        reference.to.names().get(Math.max(0, reference.to.names().size() - 2)).getLocalName();
    for (YangInstanceIdentifier place : places) {
      reference.from.forEach(
          root,
          place,
          (path, leaf) -> {
            if (!targets.contains(leaf.body())) {
              // RFC 7950 §15.5.
              errors.add(
                  new ManagementError(
                      ErrorType.APPLICATION,
                      ErrorTag.DATA_MISSING,
                      "instance-required",
                      tree,
                      path,
                      schema.text(path)
                          + " names '"
                          + leaf.body()
                          + "', but there is no such "
                          + kind
                          + "; create it or name another",
                      Map.of()));
            }
          });
    }
  }
}
