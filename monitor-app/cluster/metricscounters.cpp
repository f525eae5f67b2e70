// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/metricscounters.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

struct Counter
{
    const char *family;
    quint64 PeerCounters::*field;
    const char *label = nullptr;
    QLatin1StringView value{};
};

constexpr Counter Counters[] = {
        {"qproxysql_statements_total", &PeerCounters::statements},
        {"qproxysql_statement_errors_total", &PeerCounters::errors},
        {"qproxysql_statement_reruns_total", &PeerCounters::reruns},
        {"qproxysql_connects_total", &PeerCounters::connects},
        {"qproxysql_connect_errors_total", &PeerCounters::connectErrors},
        {"qproxysql_session_moves_total", &PeerCounters::movesAway, "direction", "away"_L1},
        {"qproxysql_session_moves_total", &PeerCounters::movesHere, "direction", "here"_L1},
        {"qproxysql_commit_fates_total", &PeerCounters::fatesUnknown, "fate", "unknown"_L1},
        {"qproxysql_commit_fates_total", &PeerCounters::fatesCommitted, "fate", "committed"_L1},
        {"qproxysql_commit_fates_total", &PeerCounters::fatesNotCommitted, "fate",
         "not_committed"_L1},
};

// rate() does not see the first event of a series that begins with it, so known ones begin with 0.
constexpr QLatin1StringView LostReasons[] = {"changed"_L1, "state"_L1,   "statement"_L1, "table"_L1,
                                             "keys"_L1,    "limit"_L1,   "conflict"_L1,  "time"_L1,
                                             "nopeer"_L1,  "library"_L1, "rules"_L1};
constexpr QLatin1StringView CutReasons[] = {"moved"_L1, "silent"_L1,   "refuses"_L1,
                                            "apart"_L1, "minority"_L1, "path"_L1};

void noteReasons(const char *family, const MetricsPage::Labels &labels,
                 const QMap<QString, int> &reasons, std::span<const QLatin1StringView> known,
                 QMap<QByteArray, double> *counters)
{
    QMap<QString, int> all;
    for (const QLatin1StringView reason : known)
        all.insert(reason, 0);
    all.insert(reasons);
    for (auto it = all.cbegin(); it != all.cend(); ++it)
        counters->insert(MetricsPage::series(family,
                                             labels + MetricsPage::Labels{{"reason", it.key()}}),
                         *it);
}

} // namespace

void MetricsCounters::note(const QList<KnownProcess> &processes)
{
    for (const KnownProcess &known : processes) {
        if (!known.report)
            continue;
        auto process = m_processes.find(known.process.id);
        if (process == m_processes.end())
            process = m_processes.insert(known.process.id, {known.process.application, {}, {}});
        process->seen = m_clock.now();
        for (const PoolReport &pool : known.report->pools) {
            if (m_pool.isEmpty() || pool.name == m_pool)
                note(pool, &*process);
        }
    }
    forgetEnded();
}

// A pool that the process does not use at present is missing in its report, and keeps its values.
void MetricsCounters::note(const PoolReport &pool, Process *process) const
{
    for (const PeerReport &peer : pool.peers) {
        const MetricsPage::Labels labels{{"pool", pool.name},
                                         {"peer", peer.address.name()},
                                         {"application", process->application}};
        for (const Counter &counter : Counters) {
            MetricsPage::Labels all = labels;
            if (counter.label)
                all.append({counter.label, counter.value});
            process->counters.insert(MetricsPage::series(counter.family, all),
                                     double(peer.counters.*(counter.field)));
        }
        process->counters.insert(MetricsPage::series("qproxysql_transaction_replays_total", labels),
                                 peer.transactions.replayed);
        noteReasons("qproxysql_transactions_lost_total", labels, peer.transactions.lost,
                    LostReasons, &process->counters);
        noteReasons("qproxysql_sessions_cut_total", labels, peer.counters.cuts, CutReasons,
                    &process->counters);
    }
}

void MetricsCounters::forgetEnded()
{
    const Clock::time_point now = m_clock.now();
    for (auto it = m_processes.begin(); it != m_processes.end();) {
        if (now - it->seen < RemembersFor) {
            ++it;
            continue;
        }
        for (auto counter = it->counters.cbegin(); counter != it->counters.cend(); ++counter)
            m_ended[counter.key()] += *counter;
        it = m_processes.erase(it);
    }
}

void MetricsCounters::continueFrom(const QByteArray &page)
{
    const QMap<QByteArray, double> former = MetricsPage::countersOf(page);
    for (auto it = former.cbegin(); it != former.cend(); ++it) {
        double sum = m_ended.value(it.key());
        for (const Process &process : std::as_const(m_processes))
            sum += process.counters.value(it.key());
        const bool isOfPool = m_pool.isEmpty()
                              || it.key().contains('{' + MetricsPage::label("pool", m_pool) + ',');
        if (isOfPool && sum < *it)
            m_ended[it.key()] += *it - sum;
    }
}

void MetricsCounters::addTo(MetricsPage *page) const
{
    const auto add = [page](const QMap<QByteArray, double> &counters) {
        for (auto it = counters.cbegin(); it != counters.cend(); ++it)
            page->add(it.key(), *it);
    };
    add(m_ended);
    for (const Process &process : m_processes)
        add(process.counters);
}

} // namespace qproxysql
