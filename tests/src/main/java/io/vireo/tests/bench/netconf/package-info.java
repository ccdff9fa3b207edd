/// `./vireo bench netconf`: a light NETCONF client, what it measures, and a bare SSH server beside
/// which that is put.
@NullMarked
package io.vireo.tests.bench.netconf;

import org.jspecify.annotations.NullMarked;
