/// What a leaf's type takes: text read as its values, and said in words.
///
/// [TypedText] reads the text of one type: it tries a union's members in their order and holds a
/// value against the [Restrictions] of the whole typedef chain, which RFC 7950 §7.3 and §9.4.5 want
/// and YANG Tools' own codecs do not give: they know the innermost patterns only. What notations
/// write in their own way (XML its prefixes, the command line its shortened words) is a [TextForm].
/// [TypeWords] says for help and messages what may be given. A value that does not fit is an
/// [InvalidValueException], with the model's own words where it has some.
///
/// Threads: everything is immutable and shared. Regular expressions are compiled once each.
///
/// Standards: RFC 7950 §7.3, §9.2 to §9.14 for lexical forms and restrictions, §8.3.1 for errors.
/// Left out: whether what a leafref or instance-identifier names is there, which is for validation.
@NullMarked
package io.vireo.schema.type;

import org.jspecify.annotations.NullMarked;
