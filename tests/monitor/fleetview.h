// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "scriptedsource.h"

#include "cluster/clusterhistory.h"

/// Views of 200 peers and 30 applications that all work.
class FleetView
{
public:
    static constexpr int Peers = 200;
    static constexpr int Processes = 30;

    FleetView()
    {
        using namespace qproxysql;
        for (int i = 0; i < Processes; ++i) {
            ProcessReport report;
            report.process = {QStringLiteral("p%1").arg(i), QStringLiteral("app%1").arg(i),
                              QStringLiteral("host"), i + 1, QStringLiteral("www")};
            PoolReport pool{QStringLiteral("orders"), Control::Local, {}};
            for (int peer = 0; peer < Peers; ++peer) {
                PeerReport one;
                one.address = *PeerAddress::parse(nameOf(peer));
                one.health = Health::Up;
                pool.peers.append(one);
            }
            report.pools = {pool};
            m_reports.append(report);
        }
    }

    /// What the applications report after \a tick.
    const QList<qproxysql::ProcessReport> &reportsAt(int tick)
    {
        for (qproxysql::ProcessReport &report : m_reports) {
            for (qproxysql::PeerReport &peer : report.pools[0].peers) {
                peer.sessions = tick % 7;
                peer.counters.statements += quint64(tick % 13);
                peer.counters.errors += tick % 100 == 99 ? 1 : 0;
            }
        }
        return m_reports;
    }

    /// A view of them; some peers are down now and then.
    ScriptedSource::View viewAt(int tick)
    {
        using namespace qproxysql;
        ScriptedSource::View view;
        const Clock::time_point now = Clock::steady().now();
        for (const ProcessReport &report : reportsAt(tick)) {
            KnownProcess known;
            known.process = report.process;
            known.report = report;
            known.answered = now;
            view.processes.append(known);
        }
        PoolView pool;
        pool.name = QStringLiteral("orders");
        for (int i = 0; i < Peers; ++i) {
            const bool isDown = i % 50 == 7 && tick / 100 % 2 == 1;
            pool.peers.append(
                    ScriptedSource::peer(nameOf(i),
                                         isDown ? QStringLiteral("Down") : QStringLiteral("Up"),
                                         (tick + i) % 40));
        }
        view.pools = {pool};
        view.time = QDateTime::currentDateTimeUtc();
        return view;
    }

private:
    static QString nameOf(int peer) { return QStringLiteral("db%1:3306").arg(peer); }

    QList<qproxysql::ProcessReport> m_reports;
};
