package io.vireo.schema.cbor;

import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborException.Reason;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// Reads patches of trees of one schema as edits. What a patch says of nodes that this version does
/// not know is left out.
public final class TreePatchReader {
  private final SchemaTree tree;
  private final TreeCborReader values;
  private final ValueCodecs keys = new ValueCodecs();

  public TreePatchReader(SchemaTree tree) {
    this.tree = tree;
    this.values = new TreeCborReader(tree);
  }

  /// Replaces and removes, in order. An edit at the root replaces the tree; removed, it is empty.
  public List<EditOperation> read(byte[] patch) throws TreeCborException {
    List<EditOperation> edits = new ArrayList<>();
    CborReader in = new CborReader(patch);
    try {
      in.startArray();
      while (in.more()) {
        EditOperation edit = readEdit(in);
        if (edit != null) {
          edits.add(edit);
        }
      }
      in.requireEnd();
    } catch (CborException e) {
      throw new TreeCborException("", e);
    }
    return edits;
  }

  private @Nullable EditOperation readEdit(CborReader in) throws CborException, TreeCborException {
    in.startArray();
    if (!in.more()) {
      throw in.fail(Reason.MISSING, "an edit without a path");
    }
    List<PathArgument> path = new ArrayList<>();
    SchemaNode at = tree.root();
    boolean entry = false;
    in.startArray();
    while (in.more()) {
      if (at == null) {
        in.skipValue();
      } else if (in.peek() == CborType.ARRAY) {
        path.add(readKeys(in, at));
        entry = true;
      } else {
        at = TreeCborReader.readKey(in, at);
        if (at != null) {
          path.addAll(at.pathArguments());
        }
        entry = false;
      }
    }
    YangInstanceIdentifier where = YangInstanceIdentifier.of(path);
    if (!in.more()) {
      return at == null ? null : new EditOperation.Remove(where);
    }
    EditOperation edit = null;
    if (at == null) {
      in.skipValue();
    } else {
      edit =
          new EditOperation.Replace(
              where, entry ? values.readEntry(in, at) : values.readValue(in, at));
    }
    if (in.more()) {
      throw in.fail(Reason.TRAILING, "an edit of more than path and value");
    }
    return edit;
  }

  private NodeIdentifierWithPredicates readKeys(CborReader in, SchemaNode list)
      throws CborException {
    Map<QName, Object> found = new HashMap<>();
    in.startArray();
    while (in.more()) {
      SchemaNode key = TreeCborReader.readKey(in, list);
      if (key == null || !in.more()) {
        throw in.fail(Reason.MISSING, "a key of " + list.schemaPath());
      }
      found.put(key.name(), keys.of(key).read(in));
    }
    Map<QName, Object> ordered = new LinkedHashMap<>();
    for (QName key : list.keys()) {
      Object value = found.get(key);
      if (value == null) {
        throw in.fail(Reason.MISSING, "key " + key.getLocalName() + " of " + list.schemaPath());
      }
      ordered.put(key, value);
    }
    return NodeIdentifierWithPredicates.of(list.name(), ordered);
  }
}
