package io.vireo.schema.cbor;

import io.vireo.schema.node.SchemaTree;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborType;
import io.vireo.wire.cbor.CborWriter;
import java.util.HashSet;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;

/// RFC 9254 §6.10: the identity's SID; in a union tagged.
final class IdentityrefCodec implements ValueCodec {
  private final SchemaTree tree;
  private final Set<QName> derived = new HashSet<>();
  private final String bases;

  IdentityrefCodec(SchemaTree tree, IdentityrefTypeDefinition type) {
    this.tree = tree;
    Set<QName> common = null;
    for (IdentitySchemaNode base : type.getIdentities()) {
      Set<QName> below = new HashSet<>();
      collect(base, below);
      // RFC 7950 §9.10.2: derived from all bases.
      if (common == null) {
        common = below;
      } else {
        common.retainAll(below);
      }
    }
    if (common != null) {
      derived.addAll(common);
    }
    this.bases =
        type.getIdentities().stream().map(b -> b.getQName().getLocalName()).toList().toString();
  }

  private void collect(IdentitySchemaNode base, Set<QName> into) {
    for (IdentitySchemaNode identity : tree.context().model().getDerivedIdentities(base)) {
      if (into.add(identity.getQName())) {
        collect(identity, into);
      }
    }
  }

  @Override
  public void write(CborWriter out, Object value) {
    QName identity = (QName) value;
    long sid = tree.identitySid(identity);
    if (sid == 0) {
      out.writeText(name(identity)); // RFC 9254 §6.10.2: an identity of a site's own module
    } else {
      out.writeUnsigned(sid);
    }
  }

  @Override
  public Object read(CborReader in) throws CborException {
    if (in.peek() == CborType.TEXT) {
      String text = in.readText();
      return derived.stream()
          .filter(each -> name(each).equals(text))
          .findFirst()
          .orElseThrow(() ->
              in.fail(
                  CborException.Reason.OUT_OF_RANGE,
                  text + " is no identity derived from " + bases));
    }
    long sid = in.readLong();
    QName identity = tree.lookupIdentity(sid);
    if (identity == null || !derived.contains(identity)) {
      throw in.fail(
          CborException.Reason.OUT_OF_RANGE,
          "SID " + sid + " is no identity derived from " + bases);
    }
    return identity;
  }

  private String name(QName identity) {
    return tree.moduleName(identity.getModule()) + ":" + identity.getLocalName();
  }

  @Override
  public boolean accepts(Object value) {
    return value instanceof QName identity && derived.contains(identity);
  }

  @Override
  public void writeInUnion(CborWriter out, Object value) {
    out.writeTag(CborWriter.TAG_IDENTITYREF);
    write(out, value);
  }

  @Override
  public Object readInUnion(CborReader in) throws CborException {
    in.requireTag(CborWriter.TAG_IDENTITYREF);
    return read(in);
  }
}
