/// Whether a candidate may become running: what YANG Tools' trees do not check.
///
/// [Validation] runs over what a candidate touched: mandatory nodes and choices ([MandatoryRule],
/// RFC 7950 §7.6.5, §7.9.4), references to other nodes ([ReferenceRule], §9.9), and what no schema
/// says: [DeviceRules] and [RouterRules]. Lists' keys, value types and `unique` were checked
/// before, by the codecs and the tree.
///
/// Pure functions. Limits until the datastore of issue 3: no XPath, so `must` and `when` are not
/// evaluated (mandatory nodes under a `when` are not demanded, the one `when` of static routes is
/// written out in [RouterRules]); references are followed along absolute paths without predicates.
@NullMarked
package io.vireo.datastore.validate;

import org.jspecify.annotations.NullMarked;
