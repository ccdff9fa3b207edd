package io.vireo.datastore.engine;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeId;
import java.util.Map;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// Whether an RPC may be handed on: it exists, its router exists, nothing mandatory is missing.
final class RpcInput {
  private RpcInput() {}

  static void check(TreeSchemas schemas, Trees running, TreeId tree, QName rpc, ContainerNode input)
      throws ManagementException {
    if (tree instanceof TreeId.Router(String name) && !running.routers().containsKey(name)) {
      throw new ManagementException(
          ManagementError.application(
              ErrorTag.DATA_MISSING, "there is no virtual router '" + name + "'"));
    }
    for (RpcDefinition definition : schemas.of(tree).context().getOperations()) {
      if (definition.getQName().equals(rpc)) {
        requireMandatory(definition, input);
        return;
      }
    }
    throw new ManagementException(
        ManagementError.protocol(
            ErrorTag.OPERATION_NOT_SUPPORTED,
            "the " + tree + " has no operation '" + rpc.getLocalName() + "'"));
  }

  private static void requireMandatory(RpcDefinition rpc, ContainerNode input)
      throws ManagementException {
    for (DataSchemaNode child : rpc.getInput().getChildNodes()) {
      if (child instanceof LeafSchemaNode leaf
          && leaf.isMandatory()
          && input.childByArg(NodeIdentifier.create(leaf.getQName())) == null) {
        String name = leaf.getQName().getLocalName();
        throw new ManagementException(
            new ManagementError(
                ErrorType.APPLICATION,
                ErrorTag.MISSING_ELEMENT,
                null,
                TreeId.DEVICE,
                null,
                rpc.getQName().getLocalName() + " needs '" + name + "'",
                Map.of("bad-element", name)));
      }
    }
  }
}
