/// What a client wants of what is there: subtree filters (RFC 6241 §6) and XPath expressions
/// (§8.9), both a [DataFilter] over data trees; and what RFC 8526 §3.1.1 narrows further: [Depth]
/// and [NodeSieve].
///
/// An expression is evaluated in the datastore's room ([io.vireo.datastore.xpath.XPathQuery]); an
/// [Excerpt] takes the nodes that it gives, at the cost of what it takes.
///
/// A `<filter>` is read into [FilterNode]s; [SubtreeFilter] applies them to immutable
/// [io.vireo.datastore.api.Trees] and gives smaller trees, which the schema room's writers print.
/// Whatever is selected whole is shared with the original; only its ancestors are made anew, so
/// that the cost follows the nodes visited, and a list entry named by its string keys is found
/// without reading the others. The schema mount (RFC 8528) is crossed at a logical network
/// element's `root`: what stands below it in the filter is applied to that virtual router's tree.
///
/// §6.2.1 to §6.2.5 are all here: namespace and its wildcard, attribute match (data of YANG models
/// has no attributes: such an expression matches nothing), containment, selection, content match. A
/// namespace that nobody serves selects nothing; several siblings are a union. Where something of a
/// list entry is selected, its keys come along (§6.2.5 permits it).
///
/// Values only, any thread. Bounded: depth and number of filter nodes.
@NullMarked
package io.vireo.netconf.filter;

import org.jspecify.annotations.NullMarked;
