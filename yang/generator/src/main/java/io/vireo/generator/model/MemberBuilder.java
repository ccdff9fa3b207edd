package io.vireo.generator.model;

import io.vireo.generator.GenerationException;
import io.vireo.generator.SchemaOrder;
import io.vireo.generator.model.ClassModel.CaseClass;
import io.vireo.generator.model.ClassModel.ChoiceClass;
import io.vireo.generator.model.ClassModel.RecordClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.ActionNodeContainer;
import org.opendaylight.yangtools.yang.model.api.AnydataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.AnyxmlSchemaNode;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.NotificationNodeContainer;
import org.opendaylight.yangtools.yang.model.api.SchemaNode;

/// Works out the members of records and cases, and the classes nested in them.
final class MemberBuilder {
  private final ContextBuilder context;
  private final LeafTypes types;

  MemberBuilder(ContextBuilder context, LeafTypes types) {
    this.context = context;
    this.types = types;
  }

  /// The members of one class under construction.
  ///
  /// @param baseSid what the deltas are relative to
  /// @param operation whether this is inside an operation or notification, which is always sent
  ///   whole, so that its mandatory leaves are there
  record Members(List<Field> fields, long baseSid, boolean operation, Set<String> names) {
    Members(List<Field> fields, long baseSid, boolean operation) {
      this(fields, baseSid, operation, new HashSet<>());
    }

    String name(QName node, NodePath path) {
      String name = JavaNames.member(node.getLocalName());
      if (!names.add(name)) {
        String module = SchemaOrder.moduleName(path.model(), node.getModule());
        name = JavaNames.member(module + "-" + node.getLocalName());
        if (!names.add(name)) {
          throw new GenerationException("two members are named " + name + " in " + path.text());
        }
      }
      return name;
    }
  }

  /// The record of a container, list entry, notification, input or output.
  RecordClass record(
      DataNodeContainer node,
      NodePath path,
      Scope scope,
      String doc,
      long sid,
      boolean operation,
      List<QName> keys) {
    List<ClassModel> nested = new ArrayList<>();
    Nesting nesting = new Nesting(scope, nested);
    Members members = new Members(new ArrayList<>(), sid, operation);
    List<DataSchemaNode> children = new ArrayList<>(SchemaOrder.children(node));
    // RFC 7950 §7.8.5: keys first, in their order.
    children.sort(
        Comparator.comparingInt(child ->
            keys.contains(child.getQName()) ? keys.indexOf(child.getQName()) : keys.size()));
    for (DataSchemaNode child : children) {
      boolean key = keys.contains(child.getQName());
      if (child instanceof LeafSchemaNode leaf) {
        addLeaf(members, leaf, path, nesting, key || (operation && leaf.isMandatory()));
      } else {
        add(members, child, path, nesting);
      }
    }
    if (node instanceof ActionNodeContainer container) {
      container
          .getActions()
          .forEach(
              action -> nested.add(context.operation(action, path.data(action.getQName()), scope)));
    }
    if (node instanceof NotificationNodeContainer container) {
      container
          .getNotifications()
          .forEach(
              event -> nested.add(context.notification(event, path.data(event.getQName()), scope)));
    }
    boolean message = operation && !(node instanceof DataSchemaNode data && isData(data));
    return new RecordClass(scope, doc, sid, members.fields, nested, message);
  }

  private static boolean isData(DataSchemaNode node) {
    return node instanceof ContainerSchemaNode || node instanceof ListSchemaNode;
  }

  /// Adds one child.
  void add(Members members, DataSchemaNode child, NodePath parent, Nesting nesting) {
    switch (child) {
      case LeafSchemaNode leaf -> addLeaf(members, leaf, parent, nesting, false);
      case LeafListSchemaNode leafList -> {
        NodePath path = parent.data(leafList.getQName());
        LeafType type = types.of(leafList.getType(), path, nesting, local(leafList));
        members.fields.add(
            new Field.LeafList(
                members.name(leafList.getQName(), path),
                doc(leafList),
                delta(members, path),
                type));
      }
      case ContainerSchemaNode container -> {
        NodePath path = parent.data(container.getQName());
        RecordClass inner = nestedRecord(members, container, path, nesting, List.of());
        members.fields.add(
            new Field.Container(
                members.name(container.getQName(), path),
                doc(container),
                delta(members, path),
                inner.scope().qualifiedName()));
      }
      case ListSchemaNode list -> {
        NodePath path = parent.data(list.getQName());
        RecordClass inner = nestedRecord(members, list, path, nesting, list.getKeyDefinition());
        members.fields.add(
            new Field.Entries(
                members.name(list.getQName(), path),
                doc(list),
                delta(members, path),
                inner.scope().qualifiedName()));
      }
      case ChoiceSchemaNode choice -> addChoice(members, choice, parent, nesting);
      case AnydataSchemaNode any -> addAny(members, any, parent);
      case AnyxmlSchemaNode any -> addAny(members, any, parent);
      default ->
          throw new GenerationException(
              "node " + parent.text() + "/" + local(child) + " is not supported: " + child);
    }
  }

  private void addLeaf(
      Members members, LeafSchemaNode leaf, NodePath parent, Nesting nesting, boolean required) {
    NodePath path = parent.data(leaf.getQName());
    LeafType type = types.of(leaf.getType(), path, nesting, local(leaf));
    members.fields.add(
        new Field.Leaf(
            members.name(leaf.getQName(), path), doc(leaf), delta(members, path), type, required));
  }

  private void addAny(Members members, DataSchemaNode any, NodePath parent) {
    NodePath path = parent.data(any.getQName());
    members.fields.add(
        new Field.Any(members.name(any.getQName(), path), doc(any), delta(members, path)));
  }

  private RecordClass nestedRecord(
      Members members, DataNodeContainer node, NodePath path, Nesting nesting, List<QName> keys) {
    SchemaNode schemaNode = (SchemaNode) node;
    String kind = node instanceof ListSchemaNode ? "list" : "container";
    RecordClass inner =
        record(
            node,
            path,
            ContextBuilder.nest(nesting.scope(), local(schemaNode)),
            Documentation.of("YANG " + kind + " `" + path.text() + "`.", schemaNode),
            context.sid(path),
            members.operation,
            keys);
    nesting.classes().add(inner);
    return inner;
  }

  /// A choice and its cases have no SID: what they hold counts from the parent's.
  private void addChoice(
      Members members, ChoiceSchemaNode choice, NodePath parent, Nesting nesting) {
    if (choice.getCases().isEmpty()) {
      // All of its cases belong to features that are off.
      return;
    }
    NodePath path = parent.transparent(choice.getQName());
    Scope scope = ContextBuilder.nest(nesting.scope(), local(choice) + "-choice");
    List<CaseClass> cases = new ArrayList<>();
    List<Field.Case> fieldCases = new ArrayList<>();
    for (CaseSchemaNode alternative : SchemaOrder.cases(choice)) {
      NodePath casePath = path.transparent(alternative.getQName());
      Scope caseScope = ContextBuilder.nest(scope, local(alternative));
      Members own = new Members(new ArrayList<>(), members.baseSid, members.operation);
      for (DataSchemaNode child : SchemaOrder.children(alternative)) {
        // Its data nodes are children of the same parent: their classes go there.
        add(own, child, casePath, nesting);
      }
      String doc =
          Documentation.of(
              "Case `" + local(alternative) + "` of choice `" + local(choice) + "`.", alternative);
      cases.add(new CaseClass(caseScope, doc, own.fields));
      fieldCases.add(new Field.Case(caseScope.qualifiedName(), own.fields));
    }
    String doc =
        Documentation.of("Choice `" + local(choice) + "` in `" + parent.text() + "`.", choice);
    nesting.classes().add(new ChoiceClass(scope, doc, cases));
    members.fields.add(
        new Field.Choice(
            members.name(choice.getQName(), parent),
            doc(choice),
            scope.qualifiedName(),
            fieldCases));
  }

  private int delta(Members members, NodePath path) {
    return Math.toIntExact(context.sid(path) - members.baseSid);
  }

  private static String doc(SchemaNode node) {
    return Documentation.brief(node);
  }

  private static String local(SchemaNode node) {
    return node.getQName().getLocalName();
  }
}
