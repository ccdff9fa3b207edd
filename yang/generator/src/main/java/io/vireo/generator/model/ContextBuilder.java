package io.vireo.generator.model;

import io.vireo.generator.GenerationException;
import io.vireo.generator.SchemaOrder;
import io.vireo.generator.model.ClassModel.OperationClass;
import io.vireo.generator.model.ClassModel.RecordClass;
import io.vireo.schema.SchemaContext;
import io.vireo.schema.sid.SidRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.InputSchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.NotificationDefinition;
import org.opendaylight.yangtools.yang.model.api.OperationDefinition;

/// Works out the classes of one context.
public final class ContextBuilder {
  private final SchemaContext context;
  private final SidRegistry sids;
  private final String basePackage;
  private final Map<String, Scope> packages = new HashMap<>();
  private final List<ClassModel> topLevel = new ArrayList<>();
  private final MemberBuilder members;

  private ContextBuilder(SchemaContext context, SidRegistry sids, String basePackage) {
    this.context = context;
    this.sids = sids;
    this.basePackage = basePackage;
    Scalars scalars = new Scalars(basePackage + "." + identitiesName(context.name()));
    LeafTypes types =
        new LeafTypes(new Typedefs(context.model()), scalars, this::packageOf, topLevel::add);
    this.members = new MemberBuilder(this, types);
  }

  /// The name of the class that finds a context's identities.
  public static String identitiesName(String context) {
    return JavaNames.type(context) + "Identities";
  }

  /// All top-level classes of the context, in packages under `basePackage`.
  public static List<ClassModel> build(
      SchemaContext context, SidRegistry sids, String basePackage) {
    ContextBuilder builder = new ContextBuilder(context, sids, basePackage);
    builder.build();
    return builder.topLevel;
  }

  private void build() {
    List<Module> modules = SchemaOrder.modules(context.model());
    for (Module module : modules) {
      if (!module.getIdentities().isEmpty()) {
        Scope scope =
            packageOf(module.getName()).nest(JavaNames.type(module.getName()) + "Identity");
        topLevel.add(IdentityBuilder.build(context.model(), module, scope, sids));
      }
    }
    buildRoot(modules);
    for (Module module : modules) {
      if (!context.isImplemented(module.getQNameModule())) {
        continue;
      }
      NodePath top = NodePath.top(context.model());
      Scope scope = packageOf(module.getName());
      for (OperationDefinition rpc : module.getRpcs()) {
        topLevel.add(operation(rpc, top.data(rpc.getQName()), scope));
      }
      for (NotificationDefinition notification : module.getNotifications()) {
        topLevel.add(notification(notification, top.data(notification.getQName()), scope));
      }
    }
  }

  private void buildRoot(List<Module> modules) {
    Scope scope = Scope.ofPackage(basePackage).nest(JavaNames.type(context.name()) + "Root");
    List<Field> fields = new ArrayList<>();
    MemberBuilder.Members all = new MemberBuilder.Members(fields, 0, false);
    for (Module module : modules) {
      if (context.isImplemented(module.getQNameModule())) {
        Scope packageScope = packageOf(module.getName());
        for (DataSchemaNode node : SchemaOrder.children(module)) {
          members.add(
              all, node, NodePath.top(context.model()), new Nesting(packageScope, topLevel));
        }
      }
    }
    String doc =
        "The whole tree of the `" + context.name() + "` context: one component a top-level node.";
    topLevel.add(new RecordClass(scope, doc, 0, fields, List.of(), false));
  }

  /// An rpc or action as a class of `outer`.
  OperationClass operation(OperationDefinition operation, NodePath path, Scope outer) {
    String yangName = operation.getQName().getLocalName();
    Scope scope = nest(outer, yangName);
    long sid = sid(path);
    List<ClassModel> parts = new ArrayList<>();
    for (var part : List.of(operation.getInput(), operation.getOutput())) {
      boolean input = part instanceof InputSchemaNode;
      String doc = (input ? "Input" : "Output") + " of `" + path.text() + "`.";
      // The deltas are relative to the operation's own SID.
      parts.add(
          members.record(
              part,
              path.data(part.getQName()),
              scope.nest(input ? "Input" : "Output"),
              doc,
              sid,
              true,
              List.of()));
    }
    String doc = Documentation.of("YANG operation `" + path.text() + "`.", operation);
    return new OperationClass(scope, doc, sid, parts);
  }

  RecordClass notification(NotificationDefinition notification, NodePath path, Scope outer) {
    Scope scope = nest(outer, notification.getQName().getLocalName());
    String doc = Documentation.of("YANG notification `" + path.text() + "`.", notification);
    RecordClass plain = members.record(notification, path, scope, doc, sid(path), true, List.of());
    return new RecordClass(scope, doc, plain.sid(), plain.fields(), plain.nested(), true);
  }

  /// A class for a node inside the class of `outer`.
  static Scope nest(Scope outer, String yangName) {
    String name = JavaNames.type(yangName);
    return outer.nest(name, outer.simpleName() + name, name + "Node");
  }

  long sid(NodePath path) {
    long sid = sids.dataSid(path.text());
    if (sid == 0) {
      throw new GenerationException(
          path.text() + " has no SID: run the SID tool with --update (see yang/generator)");
    }
    return sid;
  }

  private Scope packageOf(String module) {
    return packages.computeIfAbsent(
        module, name -> Scope.ofPackage(basePackage + "." + JavaNames.packageSegment(name)));
  }
}
