// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/peerprober.h"

#include "cluster/background.h"
#include "cluster/ctltexts.h"

#include <QtCore/QEventLoop>

#include <algorithm>
#include <atomic>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

constexpr auto TickTime = 100ms;
constexpr auto Margin = 1s; ///< beyond the connect time-out, for readiness and the process list

PeerProbe unanswered(const PeerAddress &peer, Clock::time_point when, const QString &why)
{
    PeerProbe probe;
    probe.peer = peer;
    probe.when = when;
    probe.ended = Clock::steady().now();
    probe.failure = ConnectFailure();
    probe.failure->text = why;
    probe.failure->timedOut = true;
    probe.failure->errorClass = ErrorClass::Down;
    probe.serverList.whyNot = why;
    return probe;
}

} // namespace

struct PeerProber::Job
{
    QString pool;
    PeerAddress peer;
    InnerLogin login;
    std::chrono::milliseconds patience;
    std::atomic<bool> hasStarted{false}; // publishes the next
    Clock::time_point started;

    bool isLate(Clock::time_point now) const { return hasStarted && now - started >= patience; }
};

PeerProber::PeerProber(QObject *parent)
    : QObject(parent)
{
    m_tick.setInterval(TickTime);
    connect(&m_tick, &QTimer::timeout, this, &PeerProber::review);
}

void PeerProber::probe(const QList<Request> &requests, const FleetAccess &fleet)
{
    if (m_isProbing)
        return;
    m_isProbing = true;
    m_fleet = fleet;
    m_asked.clear();
    auto longest = 0ms;
    for (const Request &request : requests) {
        longest = std::max(longest, request.connect.connectTimeout);
        m_asked.push_back({request, jobFor(request), {}});
    }
    m_until = Clock::steady().now() + longest + Margin;
    m_tick.start();
    fillPlaces();
    QMetaObject::invokeMethod(this, &PeerProber::review, Qt::QueuedConnection);
}

QList<PeerProbe> PeerProber::probeNow(const QList<Request> &requests, const FleetAccess &fleet)
{
    QList<PeerProbe> all;
    QEventLoop loop;
    const auto connection = connect(this, &PeerProber::probed, &loop, [&](const auto &probes) {
        all = probes;
        loop.quit();
    });
    probe(requests, fleet);
    loop.exec();
    disconnect(connection);
    return all;
}

std::shared_ptr<PeerProber::Job> PeerProber::jobFor(const Request &request) const
{
    if (!m_fleet.newer.isEmpty())
        return nullptr; // an earlier probe does not write the rows of this one
    const auto job = std::ranges::find_if(m_jobs, [&request](const auto &one) {
        return one->peer == request.connect.peer && one->login == request.connect.login;
    });
    return job == m_jobs.end() ? nullptr : *job;
}

void PeerProber::fillPlaces()
{
    for (Asked &asked : m_asked) {
        const QString &pool = asked.request.pool;
        const auto takesPlace = [&](const auto &job) {
            return job->pool == pool && !m_prompt.contains(job->peer);
        };
        if (asked.answer || asked.job)
            continue;
        if (m_prompt.contains(asked.request.connect.peer)
            || std::ranges::count_if(m_jobs, takesPlace) < PlacesPerPool)
            asked.job = start(asked.request);
    }
}

std::shared_ptr<PeerProber::Job> PeerProber::start(const Request &request)
{
    auto job = std::make_shared<Job>();
    job->pool = request.pool;
    job->peer = request.connect.peer;
    job->login = request.connect.login;
    job->patience = request.connect.connectTimeout + Margin;
    m_jobs.push_back(job);
    const auto run = [job, connect = request.connect, fleet = m_fleet] {
        job->started = Clock::steady().now();
        job->hasStarted = true;
        return probePeer(connect, fleet);
    };
    runInBackground(
            this, run, [this, job](const PeerProbe &probe) { take(job, probe); },
            &m_lanes[request.pool]); // already bounded by its places
    return job;
}

void PeerProber::take(const std::shared_ptr<Job> &job, const PeerProbe &probe)
{
    std::erase(m_jobs, job);
    if (job->isLate(Clock::steady().now()))
        m_prompt.remove(job->peer);
    else
        m_prompt.insert(job->peer);
    if (!m_isProbing)
        return;
    const auto asked = std::ranges::find(m_asked, job, &Asked::job);
    if (asked != m_asked.end() && !asked->answer)
        asked->answer = probe;
    review();
}

void PeerProber::review()
{
    if (!m_isProbing)
        return;
    const Clock::time_point now = Clock::steady().now();
    for (Asked &asked : m_asked) {
        if (asked.answer || !asked.job || !asked.job->isLate(now))
            continue;
        m_prompt.remove(asked.request.connect.peer);
        const auto seconds = std::chrono::duration<double>(asked.job->patience);
        asked.answer = unanswered(asked.request.connect.peer, asked.job->started,
                                  CtlTexts::tr("no answer within %1 s").arg(seconds.count()));
    }
    fillPlaces();
    // Requests that wait for places of hanging probes cannot be sent in time.
    const bool isAwaited = std::ranges::any_of(m_asked, [](const Asked &asked) {
        return asked.job && !asked.answer;
    });
    if (!isAwaited || now >= m_until)
        finish();
}

void PeerProber::cut()
{
    if (m_isProbing)
        finish();
}

void PeerProber::finish()
{
    m_isProbing = false;
    m_tick.stop();
    QList<PeerProbe> all;
    for (const Asked &asked : std::exchange(m_asked, {})) {
        if (asked.answer) {
            all.append(*asked.answer);
            continue;
        }
        all.append(unanswered(asked.request.connect.peer, Clock::steady().now(),
                              CtlTexts::tr("there was no time to ask it")));
        all.last().wasAsked = false;
    }
    Q_EMIT probed(all);
}

} // namespace qproxysql
