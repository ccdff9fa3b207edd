/// A program that uses rsock: [UdpTool] echoes, asks and sends over UDP through routers of choice.
///
/// It is the demo's application and an example of the client's use. Each socket is served by a
/// thread of its own; output is one line an event, flushed at once.
@NullMarked
package io.vireo.rsock.client.tool;

import org.jspecify.annotations.NullMarked;
