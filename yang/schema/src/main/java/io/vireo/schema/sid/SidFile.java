package io.vireo.schema.sid;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.vireo.schema.SchemaLoadException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `.sid` file: the numbers of one module.
///
/// @param module `module-name`
/// @param revision `module-revision`, empty when the module has none
/// @param items in file order
public record SidFile(String module, String revision, List<SidItem> items) {
  private static final String ROOT = "ietf-sid-file:sid-file";

  public SidFile {
    items = List.copyOf(items);
  }

  /// Reads a file.
  ///
  /// @param where the file's name, for messages
  /// @throws SchemaLoadException when it is not a SID file
  public static SidFile read(String where, Reader json) {
    try {
      JsonObject file = object(JsonParser.parseReader(json), ROOT).getAsJsonObject(ROOT);
      if (file == null) {
        throw new IllegalArgumentException("there is no object \"" + ROOT + "\"");
      }
      String module = text(file, "module-name");
      JsonElement revision = file.get("module-revision");
      List<SidItem> items = new ArrayList<>();
      // RFC 9595 §4 calls the list "item"; drafts before it said "items".
      JsonArray list = file.getAsJsonArray(file.has("items") ? "items" : "item");
      if (list != null) {
        for (JsonElement element : list) {
          JsonObject item = object(element, "item");
          items.add(
              new SidItem(
                  module,
                  SidNamespace.require(text(item, "namespace")),
                  text(item, "identifier"),
                  Long.parseLong(text(item, "sid"))));
        }
      }
      return new SidFile(module, revision == null ? "" : revision.getAsString(), items);
    } catch (JsonParseException | IllegalArgumentException | ClassCastException e) {
      throw new SchemaLoadException("SID file " + where + ": " + e.getMessage(), e);
    }
  }

  private static JsonObject object(@Nullable JsonElement element, String what) {
    if (element instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(what + " is not a JSON object");
  }

  private static String text(JsonObject object, String member) {
    JsonElement value = object.get(member);
    if (value == null || !value.isJsonPrimitive()) {
      throw new IllegalArgumentException("member \"" + member + "\" is missing in " + object);
    }
    return value.getAsString();
  }
}
