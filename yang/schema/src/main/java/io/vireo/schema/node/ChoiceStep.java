package io.vireo.schema.node;

import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;

/// One choice passed on the way from a data node to its child, and the case taken.
///
/// @param identifier the choice's name as a data tree's path has it
public record ChoiceStep(
    ChoiceSchemaNode choiceSchema, CaseSchemaNode caseSchema, NodeIdentifier identifier) {
  ChoiceStep(ChoiceSchemaNode choiceSchema, CaseSchemaNode caseSchema) {
    this(choiceSchema, caseSchema, NodeIdentifier.create(choiceSchema.getQName()));
  }

  public QName choice() {
    return choiceSchema.getQName();
  }

  public QName caseName() {
    return caseSchema.getQName();
  }

  /// Whether the case is the one that holds where none is chosen (RFC 7950 §7.9.3).
  public boolean isDefaultCase() {
    return choiceSchema
        .getDefaultCase()
        .filter(way -> way.getQName().equals(caseName()))
        .isPresent();
  }

  /// Whether a choice's data is of this case.
  public boolean isChosen(DataContainerNode choice) {
    return choice.body().stream()
        .anyMatch(child -> caseSchema.dataChildByName(child.name().getNodeType()) != null);
  }
}
