package io.vireo.datastore.validate;

import io.vireo.schema.node.SchemaNode;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.RequireInstanceEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.TypeEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.TypedefEffectiveStatement;

/// Whether an instance-identifier must name a node that is there (RFC 7950 §9.13.2: unless said
/// otherwise, it must). Read from the statements: YANG Tools' type says no where nothing is said.
final class RequireInstance {
  private RequireInstance() {}

  /// @param leaf a leaf or leaf-list of type instance-identifier or one derived from it
  static boolean of(SchemaNode leaf) {
    return !(leaf.schema() instanceof EffectiveStatement<?, ?> statement) || of(leaf, statement);
  }

  private static boolean of(SchemaNode leaf, EffectiveStatement<?, ?> holder) {
    for (EffectiveStatement<?, ?> sub : holder.effectiveSubstatements()) {
      if (sub instanceof TypeEffectiveStatement<?> type) {
        var said = type.findFirstEffectiveSubstatement(RequireInstanceEffectiveStatement.class);
        if (said.isPresent()) {
          return said.get().argument();
        }
        @Nullable EffectiveStatement<?, ?> typedef = typedef(leaf, type.argument());
        return typedef == null || of(leaf, typedef);
      }
    }
    return true;
  }

  private static @Nullable EffectiveStatement<?, ?> typedef(SchemaNode leaf, QName name) {
    return leaf.tree()
        .context()
        .model()
        .findModule(name.getModule())
        .flatMap(module ->
            module
                .asEffectiveStatement()
                .streamEffectiveSubstatements(TypedefEffectiveStatement.class)
                .filter(typedef -> typedef.argument().equals(name))
                .findFirst())
        .orElse(null);
  }
}
