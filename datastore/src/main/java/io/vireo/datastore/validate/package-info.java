/// Whether a configuration is valid (RFC 7950 §8.1), looked at as far as a change may have made it
/// invalid.
///
/// [RuleBook] works out of the schema, once, what is demanded of each node ([NodeRules]) and, the
/// other way round, which expressions look at it ([io.vireo.datastore.xpath.Footprint]).
/// [TreeCheck] is one look at one tree: at what came, whole; at what stands above it; and at those
/// nodes elsewhere whose expressions look at what changed. An expression that is the same for all
/// entries of a list is evaluated once for them, a leafref to a list's key is a look-up.
///
/// Checked: must; when, of all statements that may have one, with the deletion of what loses its
/// condition (§8.2); leafref and instance-identifier with require-instance; mandatory; min-elements
/// and max-elements; unique; and what no schema can say ([DeviceRules]). Types, keys, cases and
/// unknown nodes are refused before, as data is read and edited.
///
/// [Validation] is the entrance; it is immutable and shared, a look belongs to one thread. Errors
/// are those of RFC 7950 §15, at most twenty at a time.
@NullMarked
package io.vireo.datastore.validate;

import org.jspecify.annotations.NullMarked;
