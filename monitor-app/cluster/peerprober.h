// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/peerprobe.h"
#include "connect/fullconnect.h"

#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QTimer>

#include <map>
#include <vector>

namespace qproxysql {

/// Probes several peers in parallel on worker threads, each with its time-out: a peer that has not
/// answered by then counts as unreachable. Each pool has at most PlacesPerPool threads for peers
/// that are new or whose last probe hung, so that hanging peers do not delay other pools. A hanging
/// probe keeps its place until it returns, and its peer is not probed again meanwhile, except to
/// write rows of the fleet. Peers whose last probe ended in time need no place. One thread with an
/// event loop; blocks only in probeNow().
class PeerProber : public QObject
{
    Q_OBJECT

public:
    static constexpr int PlacesPerPool = 16;

    struct Request
    {
        QString pool; ///< the peer's pool
        FullConnectRequest connect;
    };

    explicit PeerProber(QObject *parent = nullptr);

    /// Starts a round unless one is running; probed() delivers the results. The first requests of a
    /// pool are sent first. The login's password is kept until the probes have returned.
    void probe(const QList<Request> &requests, const FleetAccess &fleet = {});
    bool isProbing() const { return m_isProbing; }
    /// Ends the round now: peers that have not answered count as not asked.
    void cut();

    /// For programs without a window: probes in a local event loop.
    QList<PeerProbe> probeNow(const QList<Request> &requests, const FleetAccess &fleet = {});

Q_SIGNALS:
    /// One for each request, in their order; see PeerProbe::wasAsked.
    void probed(const QList<qproxysql::PeerProbe> &probes);

private:
    struct Job;
    struct Asked
    {
        Request request;
        std::shared_ptr<Job> job; ///< nullptr: waits for a place
        std::optional<PeerProbe> answer;
    };
    std::shared_ptr<Job> jobFor(const Request &request) const;
    void take(const std::shared_ptr<Job> &job, const PeerProbe &probe);
    void fillPlaces();
    std::shared_ptr<Job> start(const Request &request);
    void review();
    void finish();

    bool m_isProbing = false;
    Clock::time_point m_until; ///< deadline of the round
    FleetAccess m_fleet;
    std::vector<Asked> m_asked;               ///< of this round
    std::vector<std::shared_ptr<Job>> m_jobs; ///< still running, of this and earlier rounds
    QSet<PeerAddress> m_prompt;               ///< peers whose last probe ended in time
    std::map<QString, char> m_lanes;          ///< one for each pool; only their addresses are used
    QTimer m_tick;
};

} // namespace qproxysql
