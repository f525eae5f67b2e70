// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/knownprocesses.h"

#include <QtCore/QSet>

namespace qproxysql {

/// What one application reports of the peer that is being drained, in all of its pools together.
struct ApplicationEvidence : SessionCounts
{
    ProcessIdentity process;
    bool isSilent = false;    ///< the other fields are from its last report
    bool hasReported = false; ///< false: only its socket is known
    QString why;              ///< why it is silent
    bool obeys = true;        ///< false: CONTROL=off in a pool that has the peer
    QStringList inServiceIn;  ///< pools that use the peer although they obey requests
    quint64 generation = 0;   ///< the newest generation of the drain directory that it has read
    QMap<QString, int> reasons;
    std::optional<double> longestTransaction; ///< seconds
    std::optional<double> idleHolder;         ///< seconds
    QStringList problems;                     ///< see PeerReport
    QSet<quint64> connectionIds;

    /// True when it has read the request and uses the peer on purpose: CONTROL=off or another
    /// request.
    bool isContrary(quint64 drain) const
    {
        return !inServiceIn.isEmpty() && (!obeys || generation >= drain);
    }
};

/// The peer's own process list.
struct ServerList
{
    struct Row
    {
        quint64 id = 0;
        QString user;
        QString host;
    };
    bool isChecked = false;
    /// Why it was not checked: no right, not reached, or the peer is itself a proxy.
    QString whyNot;
    QList<Row> rows;
};

/// All evidence for the verdict over one drain, at one moment. Value type.
struct DrainEvidence
{
    enum class Reach { Unknown, Reached, NotReached }; ///< by our own probe

    bool isDraining = false; ///< according to the drain directory
    quint64 generation = 0;  ///< generation of that entry
    /// Sessions on the peer at the time of the request, at least; nothing: not known.
    std::optional<int> sessionsBefore = 0;
    QList<ApplicationEvidence> applications;
    ServerList serverList;
    QSet<quint64> ownIds; ///< our own connections to the peer, which do not count
    Reach reach = Reach::Unknown;
    std::optional<int> otherPeersUp; ///< proven to be up now; nothing: not known
    bool acceptSilent = false;       ///< the operator accepts the risk of silent applications

    QList<ServerList::Row> foreignRows() const; ///< rows of the list without our own

    /// True when the application is silent and the server's list, if it was checked, shows none of
    /// its connections.
    bool hasLeft(const ApplicationEvidence &application) const;
};

/// What \a processes report of the peer that has one of \a peerNames. Processes that answer and do
/// not know the peer are left out.
QList<ApplicationEvidence> applicationsOn(const QStringList &peerNames,
                                          const QList<KnownProcess> &processes);

} // namespace qproxysql
