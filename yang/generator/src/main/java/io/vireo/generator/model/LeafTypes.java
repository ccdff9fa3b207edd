package io.vireo.generator.model;

import io.vireo.generator.GenerationException;
import io.vireo.generator.SchemaOrder;
import io.vireo.generator.model.ClassModel.BitsClass;
import io.vireo.generator.model.ClassModel.EnumClass;
import io.vireo.generator.model.ClassModel.EnumConstant;
import io.vireo.generator.model.ClassModel.PatternRule;
import io.vireo.generator.model.ClassModel.UnionClass;
import io.vireo.generator.model.ClassModel.UnionMember;
import io.vireo.generator.model.ClassModel.ValueClass;
import io.vireo.generator.model.LeafType.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Maps the types of leaves to Java. A typedef with restrictions becomes a class of its module's
/// package when it is first used; an enumeration, bits or union without a name becomes a class
/// inside the class that has the leaf.
final class LeafTypes {
  private static final int MAX_BIT = Long.SIZE - 1;

  private final Typedefs typedefs;
  private final Scalars scalars;
  private final Function<String, Scope> packages;
  private final Consumer<ClassModel> newClass;
  private final Map<QName, LeafType> done = new HashMap<>();

  /// `packages` gives the scope of a module's package, `newClass` takes the classes of typedefs.
  LeafTypes(
      Typedefs typedefs,
      Scalars scalars,
      Function<String, Scope> packages,
      Consumer<ClassModel> newClass) {
    this.typedefs = typedefs;
    this.scalars = scalars;
    this.packages = packages;
    this.newClass = newClass;
  }

  /// The Java side of the type of a leaf at `path`.
  LeafType of(TypeDefinition<?> declared, NodePath path, Nesting nesting, String yangName) {
    TypeDefinition<?> type = declared;
    while (type instanceof LeafrefTypeDefinition leafref) {
      // RFC 9254 §6.9: encoded as the leaf that it refers to.
      type = path.stack().resolveLeafref(leafref);
    }
    TypeDefinition<?> typedef = typedefs.classOf(type);
    if (typedef != null) {
      return restricted(typedefClass(typedef, path), type, typedef, path);
    }
    return switch (type) {
      case EnumTypeDefinition _, BitsTypeDefinition _, UnionTypeDefinition _ -> {
        String name = JavaNames.type(yangName);
        Scope scope =
            nesting.scope().nest(name, nesting.scope().simpleName() + name, name + "Type");
        yield classFor(
            type, path, scope, "YANG type of `" + path.text() + "`.", nesting.classes()::add);
      }
      default -> scalars.of(type, path);
    };
  }

  private LeafType typedefClass(TypeDefinition<?> typedef, NodePath path) {
    LeafType known = done.get(typedef.getQName());
    if (known != null) {
      return known;
    }
    String module = SchemaOrder.moduleName(path.model(), typedef.getQName().getModule());
    String yangName = typedef.getQName().getLocalName();
    String name = JavaNames.type(yangName);
    Scope scope = packages.apply(module).nest(name, name + "Type");
    String doc = Documentation.of("YANG typedef `" + module + ":" + yangName + "`.", typedef);
    LeafType type = classFor(typedef, path, scope, doc, newClass);
    done.put(typedef.getQName(), type);
    return type;
  }

  /// A use of a typedef that narrows it further.
  private LeafType restricted(
      LeafType typedefType, TypeDefinition<?> used, TypeDefinition<?> typedef, NodePath path) {
    if (Typedefs.shape(used).equals(Typedefs.shape(typedef))) {
      return typedefType;
    }
    return switch (used) {
      case EnumTypeDefinition _, BitsTypeDefinition _, UnionTypeDefinition _ -> typedefType;
      default -> {
        LeafType narrow = scalars.of(used, path);
        String check = narrow.check();
        yield check == null
            ? typedefType
            : typedefType.withCheck(LeafType.fill(check, "$.value()"), narrow.restriction());
      }
    };
  }

  private LeafType classFor(
      TypeDefinition<?> type,
      NodePath path,
      Scope scope,
      String doc,
      Consumer<ClassModel> classes) {
    String name = scope.qualifiedName();
    return switch (type) {
      case EnumTypeDefinition enumeration -> {
        classes.accept(new EnumClass(scope, doc, constants(enumeration)));
        yield ofClass(
            Kind.ENUMERATION,
            name,
            name + ".lookup($) != null",
            name + ".require($)",
            "$.yangName()");
      }
      case BitsTypeDefinition bits -> {
        classes.accept(new BitsClass(scope, doc, bits(bits, path)));
        yield ofClass(Kind.BITS, name, name + ".accepts($)", name + ".parse($)", "$.yangNames()");
      }
      case UnionTypeDefinition union -> {
        List<ClassModel> nested = new ArrayList<>();
        List<UnionMember> members = new ArrayList<>();
        addMembers(union, path, new Nesting(scope, nested), new HashSet<>(), members);
        UnionClass unionClass = new UnionClass(scope, doc, members, nested);
        classes.accept(unionClass);
        // A union is never a member: the members of an inner one are taken one by one.
        yield ofClass(Kind.TEXT, name, "false", "$", "$");
      }
      default -> {
        LeafType base = scalars.of(type, path);
        List<PatternRule> patterns = new ArrayList<>();
        Typedefs.patterns(type)
            .forEach(
                (regex, p) -> patterns.add(new PatternRule(regex, p.getModifier().isPresent())));
        classes.accept(
            new ValueClass(scope, doc, base, base.check(), base.restriction(), patterns));
        String fromRaw = "new " + name + "(" + base.fromRaw() + ")";
        yield ofClass(base.kind(), name, name + ".accepts($)", fromRaw, "$.value()");
      }
    };
  }

  private static LeafType ofClass(
      Kind kind, String name, String accepts, String fromRaw, String toText) {
    return new LeafType(
        kind, name, name, name + ".read(in)", "$.write(out)", accepts, fromRaw, toText, null, "");
  }

  /// RFC 7950 §9.12: the first member type that accepts a value is its type. Unions inside unions
  /// are the same as their members.
  private void addMembers(
      UnionTypeDefinition union,
      NodePath path,
      Nesting nesting,
      Set<String> names,
      List<UnionMember> members) {
    for (TypeDefinition<?> declared : union.getTypes()) {
      TypeDefinition<?> member = declared;
      while (member instanceof LeafrefTypeDefinition leafref) {
        member = path.stack().resolveLeafref(leafref);
      }
      if (member instanceof UnionTypeDefinition inner) {
        addMembers(inner, path, nesting, names, members);
        continue;
      }
      String builtIn = builtInName(member);
      LeafType type = of(member, path, nesting, builtIn);
      String plain = type.type().substring(type.type().lastIndexOf('.') + 1);
      String base = "Of" + (type.type().contains(".") ? plain : JavaNames.type(builtIn));
      String name = base;
      for (int i = 2; !names.add(name); i++) {
        name = base + i;
      }
      members.add(new UnionMember(nesting.scope().nest(name).simpleName(), type));
    }
  }

  private static String builtInName(TypeDefinition<?> type) {
    TypeDefinition<?> root = type;
    while (root.getBaseType() != null) {
      root = root.getBaseType();
    }
    return root.getQName().getLocalName();
  }

  private static List<EnumConstant> constants(EnumTypeDefinition type) {
    List<EnumConstant> constants = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (EnumTypeDefinition.EnumPair pair : type.getValues()) {
      constants.add(
          new EnumConstant(
              unique(taken, JavaNames.constant(pair.getName())),
              pair.getName(),
              pair.getValue(),
              Documentation.brief(pair)));
    }
    return constants;
  }

  private static List<EnumConstant> bits(BitsTypeDefinition type, NodePath path) {
    List<EnumConstant> bits = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (BitsTypeDefinition.Bit bit : type.getBits()) {
      long position = bit.getPosition().longValue();
      if (position > MAX_BIT) {
        throw new GenerationException(
            "bit "
                + bit.getName()
                + " of "
                + path.text()
                + " has position "
                + position
                + ": positions up to "
                + MAX_BIT
                + " are supported");
      }
      bits.add(
          new EnumConstant(
              unique(taken, JavaNames.constant(bit.getName())),
              bit.getName(),
              (int) position,
              Documentation.brief(bit)));
    }
    return bits;
  }

  static String unique(Set<String> taken, String name) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }
}
