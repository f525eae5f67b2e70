// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/democast.h"
#include "models/demoservers.h"
#include "models/monitortexts.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

// The reports of the demo's servers and applications.

namespace qproxysql {

using namespace democast;

namespace {

/// Deterministic noise.
double noise(double seconds, qsizetype index)
{
    return std::sin(seconds * 1.7 + double(index) * 2.1) * std::sin(seconds * 0.31 + double(index));
}

QString identityOf(const PeerAddress &address)
{
    return address.host + ".demo.invalid:3306"_L1;
}

quint64 connectionId(qsizetype server, qsizetype application, int number)
{
    return quint64(server * 10'000 + application * 1'000 + number + 1);
}

QString refusedText(const PeerAddress &address)
{
    return u"Can't connect to MySQL server on '%1' (111)"_s.arg(address.host);
}

} // namespace

PeerReport DemoServers::reportOf(const Server &server, qsizetype index, qsizetype application) const
{
    PeerReport report;
    report.address = server.address;
    report.identities = {identityOf(server.address)};
    report.health = server.condition == Condition::Dead    ? Health::Down
                    : server.condition == Condition::Shaky ? Health::Suspect
                                                           : Health::Up;
    const double seen = server.condition == Condition::Dead ? CheckInterval - server.nextCheck
                                                            : std::fmod(m_seconds, 5.0);
    const bool isGood = server.condition == Condition::Good;
    (isGood ? report.connectAge : report.failureAge) = seen;
    report.answerAge = report.connectAge;
    report.service = server.drain ? Service::Draining : Service::InService;
    report.sessions = server.sessions.at(application);
    const double share = 0.35 + 0.2 * noise(m_seconds, index + application);
    report.inUse = std::clamp(int(report.sessions * share), 0, report.sessions);
    for (int i = 0; i < report.sessions; ++i)
        report.connectionIds.append(connectionId(index, application, i));
    if (application == 0 && isHeld(server)) {
        const double age = m_seconds - server.drainedAt;
        report.inUse = std::max(report.inUse, 1);
        report.inTransaction = 1;
        report.reasons = {{u"transaction"_s, 1}};
        report.longestTransaction = UsualAge + age;
        report.idleHolder = age;
    }
    if (server.condition == Condition::Dead) {
        report.lastError.code = 2003;
        report.lastError.text = refusedText(server.address);
        report.lastError.at = QDateTime::fromSecsSinceEpoch(qint64(m_seconds
                                                                   - (CheckInterval
                                                                      - server.nextCheck)),
                                                            Qt::UTC);
        report.nextCheck = server.nextCheck;
    }
    return report;
}

QList<KnownProcess> DemoServers::processes(const QString &pool, quint64 newestGeneration,
                                           Clock::time_point now) const
{
    bool isNoticed = true;
    for (const Server &server : m_servers)
        isNoticed = isNoticed && (!server.drain || m_seconds - server.drainedAt >= NoticeTime);
    QList<KnownProcess> all;
    for (qsizetype i = 0; i < qsizetype(std::size(Applications)); ++i) {
        const DemoApplication &application = Applications[i];
        KnownProcess known;
        known.process = {u"demo%1"_s.arg(i), QString::fromLatin1(application.name),
                         QString::fromLatin1(application.host), application.pid, u"demo"_s};
        known.answered = now;
        PoolReport report{pool, Control::Local, {}};
        for (qsizetype j = 0; j < m_servers.size(); ++j) {
            if (m_servers.at(j).condition != Condition::Unseen)
                report.peers.append(reportOf(m_servers.at(j), j, i));
        }
        const quint64 seen = isNoticed || newestGeneration == 0 ? newestGeneration
                                                                : newestGeneration - 1;
        known.report = ProcessReport{known.process, seen, {report}};
        all.append(known);
    }
    return all;
}

PeerProbe DemoServers::probeOf(const Server &server, qsizetype index) const
{
    PeerProbe probe;
    probe.peer = server.address;
    if (server.condition == Condition::Dead || server.condition == Condition::Shaky) {
        ConnectFailure failure;
        failure.code = 2003;
        failure.text = refusedText(server.address);
        failure.errorClass = server.condition == Condition::Dead ? ErrorClass::Down
                                                                 : ErrorClass::None;
        probe.failure = failure;
        probe.serverList.whyNot = failure.text;
        return probe;
    }
    probe.isLoggedIn = true;
    probe.connectMs = (server.isSlow ? 41.0 : 3.2) + 0.6 * noise(m_seconds, index);
    probe.facts.version = MonitorTexts::tr("10.11.9-MariaDB (simulated)");
    probe.facts.identities = {identityOf(server.address)};
    probe.sessionLimit = 151;
    probe.usesTls = true;
    probe.serverList.isChecked = true;
    for (qsizetype i = 0; i < server.sessions.size(); ++i) {
        const QString host = QString::fromLatin1(Applications[i].host);
        for (int number = 0; number < server.sessions.at(i); ++number)
            probe.serverList.rows.append({connectionId(index, i, number),
                                          QString::fromLatin1(Applications[i].name),
                                          host + u":40000"_s});
    }
    if (index == Backed && (!server.drain || m_seconds - server.drainedAt < HoldTime))
        probe.serverList.rows.append({BackupId, u"backup"_s, u"vault1:40000"_s});
    return probe;
}

QHash<PeerAddress, PeerProbe> DemoServers::probes(Clock::time_point now) const
{
    QHash<PeerAddress, PeerProbe> all;
    for (qsizetype i = 0; i < m_servers.size(); ++i) {
        if (m_servers.at(i).condition == Condition::Unseen)
            continue;
        PeerProbe probe = probeOf(m_servers.at(i), i);
        probe.when = probe.ended = now;
        all.insert(probe.peer, probe);
    }
    return all;
}

} // namespace qproxysql
