package io.vireo.cli.schema;

import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// An RPC with its input and output as nodes.
public final class CliRpc {
  private final RpcDefinition definition;
  private final CliNode input;
  private final CliNode output;
  private Style style = Style.NONE;

  CliRpc(RpcDefinition definition, CliNode input, CliNode output) {
    this.definition = definition;
    this.input = input;
    this.output = output;
  }

  public QName qname() {
    return definition.getQName();
  }

  /// The word of its command.
  public String word() {
    return style.keywords().isEmpty() ? qname().getLocalName() : style.keywords().getFirst();
  }

  public CliNode input() {
    return input;
  }

  public CliNode output() {
    return output;
  }

  public Style style() {
    return style;
  }

  void addStyle(Style more) {
    style = style.and(more);
  }

  public String help() {
    return HelpText.firstSentence(definition.getDescription());
  }
}
