/// The messages layer (RFC 6241 §4): hello, request, reply and errors.
@NullMarked
package io.vireo.netconf.rpc;

import org.jspecify.annotations.NullMarked;
