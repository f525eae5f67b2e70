// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/peerprobe.h"
#include "health/fullconnect.h"

#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QTimer>

#include <map>
#include <vector>

namespace qproxysql {

/// Probes several peers side by side on worker threads, and waits for none longer than its time-out: one
/// that has not answered then is said not to have. Each pool has PlacesPerPool threads at most for peers
/// whose last probe hung or that were not asked yet, so that a pool of peers that hang keeps no other one
/// waiting; a probe that hangs keeps its place, and its peer is not asked again, until it returns,
/// except to be given rows of the fleet. Peers whose last probe ended in time need no place. One
/// thread with an event loop; blocks only in probeNow().
class PeerProber : public QObject
{
    Q_OBJECT

public:
    static constexpr int PlacesPerPool = 16;

    struct Request
    {
        QString pool; ///< that the peer is asked for
        FullConnectRequest connect;
    };

    explicit PeerProber(QObject *parent = nullptr);

    /// Starts a round, unless one is under way; probed() tells what came of it. Of a pool the first
    /// requests are the first to be sent. The login's password is kept until the probes have returned.
    void probe(const QList<Request> &requests, const FleetLook &look = {});
    bool isProbing() const { return m_isProbing; }
    /// Ends the round now: who has not answered yet counts as not asked.
    void cut();

    /// For programs without a window: probes, in an event loop of its own.
    QList<PeerProbe> probeNow(const QList<Request> &requests, const FleetLook &look = {});

Q_SIGNALS:
    /// One a request, in their order; see PeerProbe::wasAsked.
    void probed(const QList<qproxysql::PeerProbe> &probes);

private:
    struct Job;
    struct Asked
    {
        Request request;
        std::shared_ptr<Job> job; ///< nullptr: it waits for a place
        std::optional<PeerProbe> answer;
    };
    std::shared_ptr<Job> jobFor(const Request &request) const;
    void take(const std::shared_ptr<Job> &job, const PeerProbe &probe);
    void fillPlaces();
    std::shared_ptr<Job> start(const Request &request);
    void review();
    void finish();

    bool m_isProbing = false;
    Clock::time_point m_until; ///< the round ends then at the latest
    FleetLook m_look;
    std::vector<Asked> m_asked; ///< of this round
    std::vector<std::shared_ptr<Job>>
            m_jobs;                  ///< that have not returned, of this round and earlier ones
    QSet<PeerAddress> m_prompt;      ///< whose last probe ended in time
    std::map<QString, char> m_lanes; ///< of the pools; their addresses are what counts
    QTimer m_tick;
};

} // namespace qproxysql
