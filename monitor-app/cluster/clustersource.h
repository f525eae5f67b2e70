// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QObject>

namespace qproxysql {

/// Where a window gets what it shows, and where what an operator does there goes: a Controller, or data
/// that are made up for the demo. One thread with an event loop; nothing here blocks for a network.
class ClusterSource : public QObject
{
    Q_OBJECT

public:
    enum class Depth {
        Knowledge, ///< no connection to any server: as before, what was probed
        Probes     ///< each peer is probed, too
    };

    /// Looks once; refreshed() tells when it is done. Nothing while it looks already.
    virtual void refresh(Depth depth = Depth::Probes) = 0;
    /// From now on the peers of these names are probed at each refresh(), the others once in 5 s. Empty:
    /// all, each time.
    virtual void attendTo(const QStringList &peerNames) = 0;
    virtual const ClusterView &view() const = 0; ///< of the last refresh

    /// requested() tells what came of it, never before this returns. \a request: its service, its reason,
    /// whether it is forced, and the peer, as PeerSearch understands it. Refused when the request at hand
    /// is not the one that view() shows, when it takes a pool's last healthy peer and is not forced, when
    /// no such peer is known, and when this may only read.
    virtual void request(const DrainRequest &request) = 0;
    virtual bool isReadOnly() const = 0;

Q_SIGNALS:
    void refreshed();
    void requested(const qproxysql::DrainRequest &request,
                   const qproxysql::DrainFile::Outcome &outcome);

protected:
    using QObject::QObject;
};

} // namespace qproxysql
