package io.vireo.schema.type;

import java.util.Base64;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// The canonical text of leaf values (RFC 7950 §9.1, §9.2 to §9.14), as XPath's string() gives it.
public final class CanonicalText {
  private CanonicalText() {}

  /// @param value a value as YANG Tools holds it
  /// @param names how names of identities are written
  /// @param paths how instance-identifiers are written
  public static String of(
      Object value, Function<QName, String> names, Function<YangInstanceIdentifier, String> paths) {
    return switch (value) {
      case String text -> text;
      case QName identity -> names.apply(identity);
      case byte[] octets -> Base64.getEncoder().encodeToString(octets);
      case Collection<?> bits ->
          bits.stream().map(String::valueOf).collect(Collectors.joining(" "));
      case Empty empty -> "";
      case YangInstanceIdentifier path -> paths.apply(path);
      default -> value.toString();
    };
  }
}
