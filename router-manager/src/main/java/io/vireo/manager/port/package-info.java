/// The host's network devices that virtual routers drive, as the guard handles them.
///
/// *Purpose.* A device that becomes a port must be silent as far as the host is concerned: the host
/// neither answers on it nor routes over it. [HostDevice] reads and changes a device, a
/// [DeviceSettings] is what it was like before, a [ClaimJournal] keeps that on disk until the
/// device is given back, [DeviceClaims] decides who may have which device.
///
/// *Owner thread.* The guard's loop.
///
/// *Invariants.* Nothing is changed before what was there is on disk; so that a guard that was
/// killed restores the devices when it starts again. A device belongs to one virtual router at a
/// time. The device that carries the host's default route is taken only by force.
///
/// *Limits.* Routes of the main table only; addresses that a DHCP client of the host renews are
/// restored as they were, the client is not told.
@NullMarked
package io.vireo.manager.port;

import org.jspecify.annotations.NullMarked;
