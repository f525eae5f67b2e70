// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "control/peerprober.h"

#include "inner/workers.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>

#include <mutex>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

constexpr auto StallTime = 250ms;
constexpr auto Margin = 1s; ///< beyond the connect time-out: readiness, and the process list

} // namespace

struct PeerProber::Jobs
{
    std::vector<std::shared_ptr<Workers::Ticket>> tickets;
    /// A worker may answer after this object has gone.
    std::mutex mutex;
    PeerProber *prober = nullptr;
};

PeerProber::PeerProber(QObject *parent)
    : QObject(parent)
{
    m_stall.setInterval(StallTime);
    connect(&m_stall, &QTimer::timeout, this, &PeerProber::letOthersRun);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &PeerProber::giveUp);
}

PeerProber::~PeerProber()
{
    if (m_jobs) {
        const std::scoped_lock lock(m_jobs->mutex);
        m_jobs->prober = nullptr;
    }
}

void PeerProber::probe(const QList<FullConnectRequest> &requests, const FleetLook &look)
{
    if (isProbing())
        return;
    m_round = ++m_rounds;
    m_answers.clear();
    m_peers.clear();
    m_jobs = std::make_shared<Jobs>();
    m_jobs->prober = this;
    auto longest = 0ms;
    for (qsizetype i = 0; i < requests.size(); ++i) {
        const FullConnectRequest request = requests.at(i);
        m_peers.append(request.peer);
        longest = std::max(longest, request.connectTimeout);
        m_jobs->tickets.push_back(Workers::instance().start([request, i, look, round = m_round,
                                                             jobs = m_jobs] {
            const PeerProbe probe = probePeer(request, look);
            const std::scoped_lock lock(jobs->mutex);
            if (PeerProber *const prober = jobs->prober) {
                QMetaObject::invokeMethod(
                        prober, [=] { prober->take(round, i, probe); }, Qt::QueuedConnection);
            }
        }));
    }
    m_stall.start();
    m_deadline.start(longest + Margin);
    if (requests.isEmpty())
        QMetaObject::invokeMethod(this, &PeerProber::finish, Qt::QueuedConnection);
}

QList<PeerProbe> PeerProber::probeNow(const QList<FullConnectRequest> &requests,
                                      const FleetLook &look)
{
    QList<PeerProbe> all;
    QEventLoop loop;
    const auto connection = connect(this, &PeerProber::probed, &loop, [&](const auto &probes) {
        all = probes;
        loop.quit();
    });
    probe(requests, look);
    loop.exec();
    disconnect(connection);
    return all;
}

void PeerProber::take(quint64 round, qsizetype index, const PeerProbe &probe)
{
    if (round != m_round)
        return;
    m_answers[index] = probe;
    if (qsizetype(m_answers.size()) == m_peers.size())
        finish();
}

// One that hangs must not keep those that answer from being asked.
void PeerProber::letOthersRun()
{
    for (const auto &ticket : m_jobs->tickets)
        Workers::instance().markStalled(ticket);
}

void PeerProber::giveUp()
{
    const auto seconds = m_deadline.intervalAsDuration();
    for (qsizetype i = 0; i < m_peers.size(); ++i) {
        if (m_answers.contains(i))
            continue;
        PeerProbe probe;
        probe.peer = m_peers.at(i);
        probe.when = probe.ended = Clock::steady().now();
        ConnectFailure failure;
        failure.text = QCoreApplication::translate("QProxySqlCtl", "no answer within %1 s")
                               .arg(double(seconds.count()) / 1000);
        failure.timedOut = true;
        failure.errorClass = ErrorClass::Down;
        probe.failure = failure;
        probe.serverList.whyNot = failure.text;
        m_answers[i] = probe;
    }
    finish();
}

void PeerProber::finish()
{
    m_round = 0;
    m_stall.stop();
    m_deadline.stop();
    QList<PeerProbe> all;
    for (const auto &[index, probe] : m_answers)
        all.append(probe);
    Q_EMIT probed(all);
}

} // namespace qproxysql
