package io.vireo.schema;

import io.vireo.schema.edit.TreeId;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// What a user sent does not fit the schema: an error as RFC 6241 §4.3 describes it.
public final class SchemaDataException extends Exception {
  private static final long serialVersionUID = 1L;

  /// The error-tags of RFC 6241 Appendix A that reading data can give.
  public enum Tag {
    UNKNOWN_ELEMENT("unknown-element"),
    UNKNOWN_NAMESPACE("unknown-namespace"),
    BAD_ELEMENT("bad-element"),
    MISSING_ELEMENT("missing-element"),
    INVALID_VALUE("invalid-value"),
    BAD_ATTRIBUTE("bad-attribute"),
    OPERATION_NOT_SUPPORTED("operation-not-supported"),
    MALFORMED_MESSAGE("malformed-message"),
    TOO_BIG("too-big");

    private final String rfcName;

    Tag(String rfcName) {
      this.rfcName = rfcName;
    }

    /// The name in RFC 6241.
    public String rfcName() {
      return rfcName;
    }
  }

  /// Where something is wrong.
  ///
  /// @param tree the tree concerned
  /// @param path the nearest node that exists in the schema
  /// @param text the place as a person reads it, from the device's top
  public record Place(TreeId tree, YangInstanceIdentifier path, String text) {
    /// The top of the device's tree.
    public static final Place TOP = new Place(TreeId.DEVICE, YangInstanceIdentifier.of(), "/");
  }

  private final Tag tag;
  private final transient Place place;
  private final @Nullable String badElement;
  private final @Nullable String value;

  public SchemaDataException(
      Tag tag,
      Place place,
      @Nullable String badElement,
      @Nullable String value,
      String message,
      @Nullable Throwable cause) {
    super(place.text.equals("/") ? message : place.text + ": " + message, cause);
    this.tag = tag;
    this.place = place;
    this.badElement = badElement;
    this.value = value;
  }

  public Tag tag() {
    return tag;
  }

  public Place place() {
    return place;
  }

  /// The name of the offending element or attribute, for error-info's `bad-element` or
  /// `bad-attribute`.
  public @Nullable String badElement() {
    return badElement;
  }

  /// The offending value, as sent.
  public @Nullable String value() {
    return value;
  }
}
