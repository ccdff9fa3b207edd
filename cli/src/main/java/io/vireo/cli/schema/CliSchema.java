package io.vireo.cli.schema;

import io.vireo.schema.SchemaContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;

/// One schema context as the command line sees it.
public final class CliSchema {
  private final SchemaContext context;
  private final EffectiveModelContext model;
  private final CliNode root;
  private final List<CliRpc> rpcs;
  private final List<String> complaints = new ArrayList<>();

  private CliSchema(SchemaContext context) {
    this.context = context;
    this.model = context.model();
    this.root = new CliNode(this, null, model, List.of(), List.of());
    List<CliRpc> found = new ArrayList<>();
    for (RpcDefinition rpc : model.getOperations()) {
      if (isServed(rpc.getQName())) {
        found.add(new CliRpc(rpc, operand(rpc, rpc.getInput()), operand(rpc, rpc.getOutput())));
      }
    }
    this.rpcs = List.copyOf(found);
  }

  private CliNode operand(RpcDefinition rpc, DataSchemaNode node) {
    return new CliNode(this, null, node, List.of(rpc.getQName(), node.getQName()), List.of());
  }

  /// Reads a context and its `vireo-cli` statements. Modules that are only imported have no nodes.
  public static CliSchema of(SchemaContext context) {
    CliSchema schema = new CliSchema(context);
    new StyleReader(schema, schema.complaints).read();
    return schema;
  }

  public EffectiveModelContext model() {
    return model;
  }

  /// The tree's root.
  public CliNode root() {
    return root;
  }

  public List<CliRpc> rpcs() {
    return rpcs;
  }

  /// Statements that name what isn't there; each was left out. A test keeps this empty.
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  boolean isServed(QName node) {
    return context.isImplemented(node.getModule());
  }

  /// Name of a module.
  public String moduleName(QNameModule module) {
    return model
        .findModuleStatement(module)
        .map(m -> m.argument().getLocalName())
        .orElse(module.namespace().toString());
  }

  TypeDefinition<?> resolve(CliNode leaf, TypeDefinition<?> type) {
    return type instanceof LeafrefTypeDefinition reference ? resolveLeafref(leaf, reference) : type;
  }

  TypeDefinition<?> resolveLeafref(CliNode leaf, LeafrefTypeDefinition reference) {
    return stackAt(leaf).resolveLeafref(reference);
  }

  /// The leaf whose values a leafref takes; empty where the type is no leafref.
  public Optional<CliNode> leafrefTarget(CliNode leaf) {
    if (!(leaf.declaredType() instanceof LeafrefTypeDefinition reference)) {
      return Optional.empty();
    }
    SchemaInferenceStack stack = stackAt(leaf);
    stack.resolvePathExpression(reference.getPathStatement());
    @Nullable CliNode node = root;
    for (QName step : stack.toSchemaNodeIdentifier().getNodeIdentifiers()) {
      node = node.child(step).orElse(node);
    }
    return node.kind() == CliNode.Kind.LEAF || node.kind() == CliNode.Kind.LEAF_LIST
        ? Optional.of(node)
        : Optional.empty();
  }

  private SchemaInferenceStack stackAt(CliNode leaf) {
    SchemaInferenceStack stack = SchemaInferenceStack.of(model);
    leaf.schemaPath().forEach(stack::enterSchemaTree);
    return stack;
  }

  /// From the root to the node of a mount point, if the schema has one.
  public Optional<CliNode> mountPoint() {
    return mountPointBelow(root, 0);
  }

  private static Optional<CliNode> mountPointBelow(CliNode node, int depth) {
    if (node.isMountPoint()) {
      return Optional.of(node);
    }
    if (depth > 3) {
      return Optional.empty();
    }
    return node.children().stream()
        .filter(c -> c.kind() == CliNode.Kind.CONTAINER || c.kind() == CliNode.Kind.LIST)
        .flatMap(c -> mountPointBelow(c, depth + 1).stream())
        .findFirst();
  }
}
