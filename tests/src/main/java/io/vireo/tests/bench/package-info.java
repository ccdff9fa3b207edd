/// Programs that the benchmarks run beside the product: packet sources.
@NullMarked
package io.vireo.tests.bench;

import org.jspecify.annotations.NullMarked;
