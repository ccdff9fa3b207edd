package io.vireo.schema;

import io.vireo.schema.edit.TreeId;
import io.vireo.schema.type.InvalidValueException;
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
    MISSING_ATTRIBUTE("missing-attribute"),
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
  private final @Nullable String appTag;

  public SchemaDataException(
      Tag tag,
      Place place,
      @Nullable String badElement,
      @Nullable String value,
      String message,
      @Nullable Throwable cause) {
    this(
        tag,
        place,
        badElement,
        value,
        null,
        place.text.equals("/") ? message : place.text + ": " + message,
        cause);
  }

  private SchemaDataException(
      Tag tag,
      Place place,
      @Nullable String badElement,
      @Nullable String value,
      @Nullable String appTag,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.tag = tag;
    this.place = place;
    this.badElement = badElement;
    this.value = value;
    this.appTag = appTag;
  }

  /// A leaf's value is not of its type.
  ///
  /// @param wanted what the type takes, for models that have no words of their own
  public static SchemaDataException invalidValue(
      Place place, String leaf, String value, String wanted, InvalidValueException cause) {
    String own = cause.modelMessage();
    // RFC 7950 §8.3.1: the error-message of the restriction that is broken, as it stands.
    String message =
        own != null
            ? own
            : place.text + ": '" + value + "' is not a value of '" + leaf + "': give " + wanted;
    return new SchemaDataException(
        Tag.INVALID_VALUE, place, leaf, value, cause.modelAppTag(), message, cause);
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

  /// The `error-app-tag` that the model has for it (RFC 7950 §7.5.4.2).
  public @Nullable String appTag() {
    return appTag;
  }
}
