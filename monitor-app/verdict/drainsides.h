// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/drainevidence.h"

namespace qproxysql {

/// The evidence of one moment, sorted by the relation of each application to the drain. Value type.
struct DrainSides
{
    explicit DrainSides(const DrainEvidence &evidence);

    QList<ApplicationEvidence> answering;
    QList<ApplicationEvidence> silent; ///< silent, and not known to have left
    QList<ApplicationEvidence> gone;   ///< silent, and known to have left
    QList<ApplicationEvidence> unaware;
    QList<ApplicationEvidence> disobedient;
    QList<ApplicationEvidence> contrary; ///< know of the drain and use the peer anyway
    QList<ApplicationEvidence> holders;  ///< have sessions, as far as is known
    QList<ServerList::Row> rows;         ///< rows of the server's list without our own
    QList<ServerList::Row> unknownRows;  ///< those of them that belong to no holder
    bool isListChecked = false;
    bool isSilenceAccepted = false;
    int heldSessions = 0; ///< sessions of the holders
    int sessions = 0;     ///< sessions on the peer

    bool canSee() const { return isListChecked || !answering.isEmpty(); }
};

} // namespace qproxysql
