package io.vireo.datastore.validate;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.datastore.xpath.DataNode;
import io.vireo.datastore.xpath.XPathFault;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.type.CanonicalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;

/// What was found wrong with one tree, in the words of RFC 7950 §15. Each place and kind once.
final class Findings {
  private final TreeSchema schema;
  private final TreeId tree;
  private final Map<String, ManagementError> found = new LinkedHashMap<>();
  private final List<ManagementError> conditions = new ArrayList<>();

  Findings(TreeSchema schema, TreeId tree) {
    this.schema = schema;
    this.tree = tree;
  }

  int count() {
    return found.size();
  }

  List<ManagementError> first(int limit) {
    List<ManagementError> all = new ArrayList<>(found.values());
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  /// Those about nodes that came where their conditions do not hold.
  List<ManagementError> conditions() {
    return List.copyOf(conditions);
  }

  // RFC 7950 §15.4, §7.5.4.
  void must(DataNode node, Constraint.Must must) {
    add(
        node.path(),
        ErrorTag.OPERATION_FAILED,
        must.appTag() == null ? "must-violation" : must.appTag(),
        must.message() != null
            ? must.message()
            : at(node) + " breaks the rule '" + must.text() + "' of its model");
  }

  // RFC 7950 §8.3.1.
  void when(DataNode node, Constraint.When when) {
    ManagementError error =
        new ManagementError(
            ErrorType.APPLICATION,
            ErrorTag.UNKNOWN_ELEMENT,
            null,
            tree,
            node.path(),
            at(node) + " has no place here: it is only there when '" + when.text() + "'",
            Map.of());
    if (found.putIfAbsent("when " + node.path() + when.text(), error) == null) {
      conditions.add(error);
    }
  }

  // RFC 7950 §15.5.
  void noTarget(DataNode leaf, Constraint.Refers refers) {
    String kind = kindOf(leaf.schema(), refers);
    add(
        leaf.path(),
        ErrorTag.DATA_MISSING,
        "instance-required",
        at(leaf)
            + " names '"
            + text(leaf)
            + "', but there is no such "
            + kind
            + "; create it or name another");
  }

  void noInstance(DataNode leaf) {
    add(
        leaf.path(),
        ErrorTag.DATA_MISSING,
        "instance-required",
        at(leaf)
            + " names "
            + (leaf.value() instanceof YangInstanceIdentifier path ? schema.text(path) : "a node")
            + ", which does not exist; create it or name another");
  }

  // RFC 7950 §7.6.5: a leaf has no app-tag of its own.
  void missing(DataNode parent, SchemaNode child) {
    add(
        parent.placeholder(child).path(),
        ErrorTag.DATA_MISSING,
        null,
        at(parent) + " needs '" + child.name().getLocalName() + "'");
  }

  // RFC 7950 §15.6.
  void missingChoice(DataNode parent, ChoiceSchemaNode choice) {
    String info = choice.getQName().getLocalName();
    ManagementError error =
        new ManagementError(
            ErrorType.APPLICATION,
            ErrorTag.DATA_MISSING,
            "missing-choice",
            tree,
            parent.path(),
            at(parent) + " needs one of " + alternatives(choice),
            Map.of("missing-choice", info));
    found.putIfAbsent("choice " + info + parent.path(), error);
  }

  // RFC 7950 §15.3.
  void tooFew(DataNode parent, SchemaNode list, int count, int least) {
    add(
        listPath(parent, list),
        ErrorTag.OPERATION_FAILED,
        "too-few-elements",
        at(parent, list) + " has " + count + " entries and needs at least " + least);
  }

  // RFC 7950 §15.2.
  void tooMany(DataNode parent, SchemaNode list, int count, int most) {
    add(
        listPath(parent, list),
        ErrorTag.OPERATION_FAILED,
        "too-many-elements",
        at(parent, list) + " has " + count + " entries and may have " + most);
  }

  // RFC 7950 §15.1.
  void notUnique(DataNode entry, DataNode other, List<SchemaNode> leafs) {
    add(
        entry.path(),
        ErrorTag.OPERATION_FAILED,
        "data-not-unique",
        at(entry)
            + " and "
            + at(other)
            + " have the same "
            + leafs.stream().map(l -> l.name().getLocalName()).collect(Collectors.joining(", "))
            + ", which must be unique");
  }

  void unevaluable(XPathFault fault) {
    add(
        YangInstanceIdentifier.of(),
        ErrorTag.RESOURCE_DENIED,
        null,
        "a rule of the models can't be checked: " + fault.getMessage());
  }

  private void add(
      YangInstanceIdentifier path, ErrorTag tag, @Nullable String appTag, String message) {
    found.putIfAbsent(
        path + " " + appTag + " " + message,
        new ManagementError(ErrorType.APPLICATION, tag, appTag, tree, path, message, Map.of()));
  }

  private String at(DataNode node) {
    return schema.text(node.path());
  }

  private String at(DataNode parent, SchemaNode child) {
    return schema.text(listPath(parent, child));
  }

  private static YangInstanceIdentifier listPath(DataNode parent, SchemaNode list) {
    YangInstanceIdentifier path = parent.path();
    for (var step : list.pathArguments()) {
      path = path.node(step);
    }
    return path;
  }

  private static String text(DataNode leaf) {
    return CanonicalText.of(leaf.value(), QName::getLocalName, YangInstanceIdentifier::toString);
  }

  // What a reference is to: the entry whose key it names.
  private static String kindOf(SchemaNode leaf, Constraint.Refers refers) {
    for (var reach : refers.footprint().reaches()) {
      SchemaNode holder = reach.target().isKey() ? reach.target().parent() : reach.target();
      if (holder != null && !reach.target().equals(leaf)) {
        return holder.name().getLocalName();
      }
    }
    return "node";
  }

  private static String alternatives(ChoiceSchemaNode choice) {
    StringBuilder text = new StringBuilder();
    for (CaseSchemaNode one : choice.getCases()) {
      one.getChildNodes().stream()
          .findFirst()
          .ifPresent(child ->
              text.append(text.isEmpty() ? "" : ", ")
                  .append('\'')
                  .append(child.getQName().getLocalName())
                  .append('\''));
    }
    return text.toString();
  }
}
