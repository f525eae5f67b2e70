// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/drainevidence.h"

namespace qproxysql {

/// The evidence of one moment, sorted by what each application has to do with the drain. Value type.
struct DrainSides
{
    explicit DrainSides(const DrainEvidence &evidence);

    QList<ApplicationEvidence> answering;
    QList<ApplicationEvidence> silent; ///< of which it is not known that they have left
    QList<ApplicationEvidence> gone;   ///< silent, and seen to have left
    QList<ApplicationEvidence> unaware;
    QList<ApplicationEvidence> disobedient;
    QList<ApplicationEvidence> contrary; ///< that know of the drain and use the peer all the same
    QList<ApplicationEvidence> holders;  ///< that have sessions, for all we know
    QList<ServerList::Row> rows;         ///< of the server's list, without our own
    QList<ServerList::Row> strangers;    ///< of these: of nobody who holds any
    bool isListChecked = false;
    bool isSilenceAccepted = false;
    int heldSessions = 0; ///< by the holders
    int sessions = 0;     ///< on the peer

    bool canSee() const { return isListChecked || !answering.isEmpty(); }
};

} // namespace qproxysql
