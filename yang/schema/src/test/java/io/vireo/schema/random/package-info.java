/// Random data for tests: any schema, any seed, the same tree each time. Shared with other rooms as
/// this room's test jar.
@NullMarked
package io.vireo.schema.random;

import org.jspecify.annotations.NullMarked;
