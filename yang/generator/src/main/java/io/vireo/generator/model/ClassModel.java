package io.vireo.generator.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A class to print. `scope` is its name and place, `doc` its documentation in Markdown.
public sealed interface ClassModel {
  Scope scope();

  String doc();

  /// A container, list entry, notification, input, output, or the root of a tree.
  ///
  /// @param sid what the deltas of its fields are relative to
  /// @param message whether it is the payload of a frame of its own
  record RecordClass(
      Scope scope,
      String doc,
      long sid,
      List<Field> fields,
      List<ClassModel> nested,
      boolean message)
      implements ClassModel {}

  /// A choice and its cases.
  record ChoiceClass(Scope scope, String doc, List<CaseClass> cases) implements ClassModel {}

  /// A case: a record whose fields are written into its parent's map.
  record CaseClass(Scope scope, String doc, List<Field> fields) implements ClassModel {}

  /// An rpc or action: a name for its input and output.
  record OperationClass(Scope scope, String doc, long sid, List<ClassModel> nested)
      implements ClassModel {}

  record EnumClass(Scope scope, String doc, List<EnumConstant> constants) implements ClassModel {}

  record EnumConstant(String name, String yangName, int value, String doc) {}

  record BitsClass(Scope scope, String doc, List<EnumConstant> bits) implements ClassModel {}

  record UnionClass(Scope scope, String doc, List<UnionMember> members, List<ClassModel> nested)
      implements ClassModel {
    /// Whether every member is a string.
    public boolean isText() {
      return members.stream().allMatch(member -> member.type().kind() == LeafType.Kind.TEXT);
    }
  }

  record UnionMember(String name, LeafType type) {}

  /// A typedef with restrictions: a record of one value.
  ///
  /// @param base how the value itself is held
  record ValueClass(
      Scope scope,
      String doc,
      LeafType base,
      @Nullable String check,
      String restriction,
      List<PatternRule> patterns)
      implements ClassModel {}

  record PatternRule(String regex, boolean inverted) {}

  /// The identities of one module.
  record IdentityClass(Scope scope, String doc, List<IdentityConstant> constants)
      implements ClassModel {}

  /// @param bases the SIDs of all identities that it is derived from
  record IdentityConstant(String name, String yangName, long sid, Set<Long> bases, String doc) {}
}
