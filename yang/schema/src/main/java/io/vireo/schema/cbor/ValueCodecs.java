package io.vireo.schema.cbor;

import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.DecimalTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EmptyTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// The codecs of a tree's leaves, each made once.
final class ValueCodecs {
  private final Map<SchemaNode, ValueCodec> byLeaf = new ConcurrentHashMap<>();

  ValueCodec of(SchemaNode leaf) {
    ValueCodec known = byLeaf.get(leaf);
    if (known == null) {
      known = make(leaf, leaf.type());
      byLeaf.put(leaf, known);
    }
    return known;
  }

  private ValueCodec make(SchemaNode leaf, TypeDefinition<?> type) {
    return switch (type) {
      case BinaryTypeDefinition binary -> new BinaryCodec(binary);
      case BitsTypeDefinition bits -> new BitsCodec(bits);
      case BooleanTypeDefinition bool -> SimpleCodec.BOOLEAN;
      case EmptyTypeDefinition empty -> SimpleCodec.EMPTY;
      case DecimalTypeDefinition decimal -> new DecimalCodec(decimal);
      case EnumTypeDefinition enumeration -> new EnumerationCodec(enumeration);
      case IdentityrefTypeDefinition identityref -> new IdentityrefCodec(leaf.tree(), identityref);
      case InstanceIdentifierTypeDefinition instance -> new InstanceIdCodec(leaf.tree(), this);
      case StringTypeDefinition string -> new StringCodec(string);
      case UnionTypeDefinition union -> new UnionCodec(membersOf(leaf, union));
      case LeafrefTypeDefinition leafref -> make(leaf, leaf.resolve(leafref));
      case RangeRestrictedTypeDefinition<?, ?> number -> IntegerCodec.of(number);
      default -> throw new IllegalStateException("No CBOR form for the type of " + leaf);
    };
  }

  private List<ValueCodec> membersOf(SchemaNode leaf, UnionTypeDefinition union) {
    List<ValueCodec> members = new ArrayList<>();
    for (TypeDefinition<?> type : union.getTypes()) {
      ValueCodec member = make(leaf, type);
      if (member instanceof UnionCodec inner) {
        members.addAll(inner.members());
      } else {
        members.add(member);
      }
    }
    return members;
  }
}
