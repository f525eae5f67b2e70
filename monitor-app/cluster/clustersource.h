// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/forgottendrain.h"

#include <QtCore/QObject>

namespace qproxysql {

/// The source of a window's data and the target of its drain requests: a Controller, or the
/// simulated data of the demo. One thread with an event loop; never blocks for the network.
class ClusterSource : public QObject
{
    Q_OBJECT

public:
    enum class Depth {
        Knowledge, ///< no connection to a server; the last probes are kept
        Probes     ///< each peer is also probed
    };

    /// Polls once and then emits refreshed(). Does nothing while a poll is running.
    virtual void refresh(Depth depth = Depth::Probes) = 0;
    /// Probes the peers of these names at each refresh(), the others once in 5 s. Empty: all at
    /// each refresh().
    virtual void attendTo(const QStringList &peerNames) = 0;
    virtual const ClusterView &view() const = 0; ///< of the last refresh

    /// Emits requested() with the result, never before this returns. \a request: service, reason,
    /// force flag, and the peer, as PeerSearch understands it. Refused when the current request
    /// differs from the one in view(), when it takes a pool's last healthy peer without force, when
    /// the peer is unknown, and in read-only mode.
    virtual void request(const DrainRequest &request) = 0;
    virtual bool isReadOnly() const = 0;

    /// From the next refresh() on, an older drain counts as forgotten (PeerView::isForgotten).
    void setForgottenAfter(std::chrono::seconds after) { m_forgottenAfter = after; }

Q_SIGNALS:
    void refreshed();
    void requested(const qproxysql::DrainRequest &request,
                   const qproxysql::DrainFile::Outcome &outcome);

protected:
    using QObject::QObject;
    std::chrono::seconds forgottenAfter() const { return m_forgottenAfter; }

private:
    std::chrono::seconds m_forgottenAfter = ForgottenDrain::DefaultAfter;
};

} // namespace qproxysql
