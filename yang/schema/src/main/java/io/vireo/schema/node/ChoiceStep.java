package io.vireo.schema.node;

import org.opendaylight.yangtools.yang.common.QName;

/// One choice passed on the way from a data node to its child, and the case taken.
public record ChoiceStep(QName choice, QName caseName) {}
