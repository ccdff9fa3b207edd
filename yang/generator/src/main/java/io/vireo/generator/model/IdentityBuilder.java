package io.vireo.generator.model;

import io.vireo.generator.GenerationException;
import io.vireo.generator.SchemaOrder;
import io.vireo.generator.model.ClassModel.IdentityClass;
import io.vireo.generator.model.ClassModel.IdentityConstant;
import io.vireo.schema.sid.SidRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;

/// Works out the enum of one module's identities.
final class IdentityBuilder {
  private final EffectiveModelContext model;
  private final SidRegistry sids;

  private IdentityBuilder(EffectiveModelContext model, SidRegistry sids) {
    this.model = model;
    this.sids = sids;
  }

  static IdentityClass build(
      EffectiveModelContext model, Module module, Scope scope, SidRegistry sids) {
    IdentityBuilder builder = new IdentityBuilder(model, sids);
    List<IdentityConstant> constants = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    List<IdentitySchemaNode> identities = new ArrayList<>(module.getIdentities());
    identities.sort(Comparator.comparing(i -> i.getQName().getLocalName()));
    for (IdentitySchemaNode identity : identities) {
      String local = identity.getQName().getLocalName();
      Set<Long> bases = new TreeSet<>();
      builder.addBases(identity, bases);
      constants.add(
          new IdentityConstant(
              LeafTypes.unique(taken, JavaNames.constant(local)),
              module.getName() + ":" + local,
              builder.sid(identity),
              bases,
              Documentation.brief(identity)));
    }
    return new IdentityClass(
        scope, "The identities of YANG module `" + module.getName() + "`.", constants);
  }

  private void addBases(IdentitySchemaNode identity, Set<Long> bases) {
    for (IdentitySchemaNode base : identity.getBaseIdentities()) {
      if (bases.add(sid(base))) {
        addBases(base, bases);
      }
    }
  }

  private long sid(IdentitySchemaNode identity) {
    QName name = identity.getQName();
    String module = SchemaOrder.moduleName(model, name.getModule());
    long sid = sids.identitySid(module, name.getLocalName());
    if (sid == 0) {
      throw new GenerationException(
          "identity "
              + module
              + ":"
              + name.getLocalName()
              + " has no SID: run the SID tool with --update (see yang/generator)");
    }
    return sid;
  }
}
