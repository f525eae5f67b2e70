// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "control/peerprobe.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <map>

namespace qproxysql {

/// Probes several peers side by side on worker threads, and waits for none longer than its time-out: one
/// that has not answered then is said not to have. One thread with an event loop; blocks only in probeNow().
class PeerProber : public QObject
{
    Q_OBJECT

public:
    explicit PeerProber(QObject *parent = nullptr);
    ~PeerProber() override;

    /// Starts a round, unless one is under way; probed() tells what came of it. The login's password is
    /// kept until the round is over.
    void probe(const QList<FullConnectRequest> &requests, const FleetLook &look = {});
    bool isProbing() const { return m_round != 0; }

    /// For programs without a window: probes, in an event loop of its own.
    QList<PeerProbe> probeNow(const QList<FullConnectRequest> &requests, const FleetLook &look = {});

Q_SIGNALS:
    /// One a request, in their order.
    void probed(const QList<qproxysql::PeerProbe> &probes);

private:
    void take(quint64 round, qsizetype index, const PeerProbe &probe);
    void letOthersRun();
    void giveUp();
    void finish();

    struct Jobs;
    quint64 m_round = 0; ///< 0: none
    quint64 m_rounds = 0;
    QList<PeerAddress> m_peers;
    std::map<qsizetype, PeerProbe> m_answers;
    std::shared_ptr<Jobs> m_jobs;
    QTimer m_stall;
    QTimer m_deadline;
};

} // namespace qproxysql
