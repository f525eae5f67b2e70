// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/knownprocesses.h"

#include <QtCore/QSet>

namespace qproxysql {

/// What one application says of the peer that is being drained, in all of its pools together.
struct ApplicationEvidence
{
    ProcessIdentity process;
    bool isSilent = false;    ///< what follows is what it said last
    bool hasReported = false; ///< false: nothing is known of it but that it does not answer
    QString why;              ///< it is silent
    bool obeys = true;        ///< false: CONTROL=off, in a pool that has the peer
    QStringList inServiceIn;  ///< pools, of those that obey, that go on using the peer
    quint64 generation = 0;   ///< of the drain directory, that it has seen
    int sessions = 0;
    int inUse = 0;
    int inTransaction = 0;
    int pinned = 0;
    QMap<QString, int> reasons;
    std::optional<double> longestTransaction; ///< seconds
    std::optional<double> idleHolder;         ///< seconds
    QStringList trouble;
    QSet<quint64> connectionIds;

    /// Not for want of knowing: its application wants it so, or another request does.
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
    QString whyNot; ///< not checked: no right, not reached, or the peer is itself a proxy
    QList<Row> rows;
};

/// Everything that a verdict over a drain is drawn from, at one moment. Value type.
struct DrainEvidence
{
    enum class Reach { Unknown, Reached, NotReached }; ///< by our own probe

    bool isDraining = false; ///< what the drain directory says
    quint64 generation = 0;  ///< of that entry
    /// That were on the peer when it was asked for, at least; nothing: not known, it is some time ago.
    std::optional<int> sessionsBefore = 0;
    QList<ApplicationEvidence> applications;
    ServerList serverList;
    QSet<quint64> ownIds; ///< our own connections to the peer: not counted
    Reach reach = Reach::Unknown;
    std::optional<int> otherPeersUp; ///< proven to be up now; nothing: nobody can tell
    bool acceptSilent = false;       ///< the operator takes it upon himself

    QList<ServerList::Row> foreignRows() const; ///< of the list, but for our own

    /// A silent application has left when the server's list, checked, shows none of its connections.
    bool hasLeft(const ApplicationEvidence &application) const;
};

/// What \a processes say of the peer that goes by one of \a peerNames. Those that answer and do not know it
/// are left out.
QList<ApplicationEvidence> applicationsOn(const QStringList &peerNames,
                                          const QList<KnownProcess> &processes);

} // namespace qproxysql
