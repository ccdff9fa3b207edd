package io.vireo.generator.model;

import io.vireo.generator.SchemaOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Absolute;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;

/// The way from the top of a context to a schema node.
///
/// @param steps every schema node on the way, choices and cases among them
/// @param text the path as the `.sid` files write it, without choices and cases
/// @param module the module of the innermost data node, null at the top
public record NodePath(
    EffectiveModelContext model, List<QName> steps, String text, @Nullable QNameModule module) {

  public static NodePath top(EffectiveModelContext model) {
    return new NodePath(model, List.of(), "", null);
  }

  /// The path of a child that has a SID.
  public NodePath data(QName child) {
    String step =
        child.getModule().equals(module)
            ? child.getLocalName()
            : SchemaOrder.moduleName(model, child.getModule()) + ":" + child.getLocalName();
    return new NodePath(model, append(child), text + "/" + step, child.getModule());
  }

  /// The path of a choice or case, which has none.
  public NodePath transparent(QName child) {
    return new NodePath(model, append(child), text, module);
  }

  /// A stack that stands on this node, to resolve leafrefs from.
  SchemaInferenceStack stack() {
    return SchemaInferenceStack.of(model, Absolute.of(steps));
  }

  private List<QName> append(QName child) {
    List<QName> longer = new ArrayList<>(steps);
    longer.add(child);
    return List.copyOf(longer);
  }
}
