// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/drainsides.h"

#include <algorithm>

namespace qproxysql {

DrainSides::DrainSides(const DrainEvidence &evidence)
    : rows(evidence.foreignRows())
    , isListChecked(evidence.serverList.isChecked)
    , isSilenceAccepted(evidence.acceptSilent)
{
    for (const ApplicationEvidence &application : evidence.applications) {
        if (application.isSilent) {
            (evidence.hasLeft(application) ? gone : silent).append(application);
            continue;
        }
        answering.append(application);
        if (!application.obeys)
            disobedient.append(application);
        else if (application.generation < evidence.generation)
            unaware.append(application);
        if (application.isContrary(evidence.generation))
            contrary.append(application);
    }
    holders = answering + (isSilenceAccepted ? QList<ApplicationEvidence>() : silent);
    holders.removeIf([](const ApplicationEvidence &one) { return one.sessions == 0; });
    QSet<quint64> known;
    for (const ApplicationEvidence &holder : std::as_const(holders)) {
        heldSessions += holder.sessions;
        known.unite(holder.connectionIds);
    }
    unknownRows = rows;
    unknownRows.removeIf([&known](const ServerList::Row &row) { return known.contains(row.id); });
    sessions = isListChecked ? std::max(int(rows.size()), heldSessions) : heldSessions;
}

} // namespace qproxysql
