package io.vireo.generator.model;

import io.vireo.generator.GenerationException;
import java.math.BigDecimal;
import java.util.List;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int16TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int32TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int64TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int8TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint16TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint32TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint64TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint8TypeDefinition;

/// YANG's integer types (RFC 7950 §9.2) and the Java type that holds each.
enum BuiltInRange {
  INT8("-128", "127", "int", "Integer"),
  INT16("-32768", "32767", "int", "Integer"),
  INT32("-2147483648", "2147483647", "int", "Integer"),
  INT64("-9223372036854775808", "9223372036854775807", "long", "Long"),
  UINT8("0", "255", "int", "Integer"),
  UINT16("0", "65535", "int", "Integer"),
  UINT32("0", "4294967295", "long", "Long"),
  UINT64("0", "18446744073709551615", "long", "Long");

  private final Bounds bounds;
  private final String javaType;
  private final String boxed;

  BuiltInRange(String least, String greatest, String javaType, String boxed) {
    this.bounds = new Bounds(List.of(new BigDecimal(least), new BigDecimal(greatest)));
    this.javaType = javaType;
    this.boxed = boxed;
  }

  static BuiltInRange of(TypeDefinition<?> type) {
    return switch (type) {
      case Int8TypeDefinition _ -> INT8;
      case Int16TypeDefinition _ -> INT16;
      case Int32TypeDefinition _ -> INT32;
      case Int64TypeDefinition _ -> INT64;
      case Uint8TypeDefinition _ -> UINT8;
      case Uint16TypeDefinition _ -> UINT16;
      case Uint32TypeDefinition _ -> UINT32;
      case Uint64TypeDefinition _ -> UINT64;
      default -> throw new GenerationException("not an integer type: " + type);
    };
  }

  Bounds bounds() {
    return bounds;
  }

  String javaType() {
    return javaType;
  }

  String boxed() {
    return boxed;
  }

  LeafType.Kind kind() {
    return switch (this) {
      case INT8, INT16, INT32, INT64 -> LeafType.Kind.SIGNED;
      case UINT8, UINT16, UINT32 -> LeafType.Kind.UNSIGNED;
      case UINT64 -> LeafType.Kind.UNSIGNED64;
    };
  }
}
