// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/metricspage.h"

#include <QtCore/QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

// Not translated: Prometheus expects the same text of a name everywhere.
constexpr MetricFamily Families[] = {
        {"qproxysql_peer_health", "1 for the state of the peer, 0 for all others. Up only while "
                                  "somebody has proven it within 5 s."},
        {"qproxysql_peer_proven_up",
         "1 if a login succeeded within 5 s and none failed, which decisions rest on."},
        {"qproxysql_peer_evidence_age_seconds",
         "Age of what the state of the peer rests on; absent if nobody has ever reached it."},
        {"qproxysql_peer_dissenting_sources",
         "Applications and probes that report another state of the peer."},
        {"qproxysql_peer_draining", "1 while a drain request is in effect."},
        {"qproxysql_peer_avoided", "1 if the server itself asks to be avoided."},
        {"qproxysql_peer_slow", "1 if connecting takes far longer than to the pool's other peers."},
        {"qproxysql_peer_connect_duration_seconds", "Time of the last login from here."},
        {"qproxysql_peer_server_sessions",
         "Sessions in the server's own list, whoever has them; absent if it was not read."},
        {"qproxysql_drain_age_seconds", "Time since the drain request in effect."},
        {"qproxysql_drain_sessions_left",
         "Sessions that are left on a draining peer; absent if nobody could see them."},
        {"qproxysql_application_processes", "Processes by whether they answer."},
        {"qproxysql_sessions", "Open sessions of processes that answer."},
        {"qproxysql_sessions_in_transaction", "Sessions in use with an open transaction."},
        {"qproxysql_sessions_pinned",
         "Sessions in use that something else than a transaction or results keeps."},
        {"qproxysql_longest_transaction_seconds", "Age of the oldest open transaction."},
        {"qproxysql_statements_total", "Statements that the peer has answered."},
        {"qproxysql_statement_errors_total",
         "Calls that failed with an error for the application."},
        {"qproxysql_statement_reruns_total",
         "Statements that were run again after an attempt on the peer had failed."},
        {"qproxysql_connects_total", "Sessions that were opened."},
        {"qproxysql_connect_errors_total", "Attempts to open a session that failed."},
        {"qproxysql_session_moves_total", "Connections that got another session."},
        {"qproxysql_sessions_cut_total", "Sessions that applications have ended while in use."},
        {"qproxysql_transaction_replays_total",
         "Transactions that lost their session or a conflict on the peer and were replayed."},
        {"qproxysql_transactions_lost_total", "Transactions that lost their session and were not."},
        {"qproxysql_commit_fates_total",
         "Commits whose answer was lost, by what is known of them."},
        {"qproxysql_unread_sources", "Sources that could not be read, so that values may lack."},
        {"qproxysql_collected_timestamp_seconds", "When these values were collected."},
};

} // namespace

std::span<const MetricFamily> MetricsPage::families()
{
    return Families;
}

QByteArray MetricsPage::label(const char *name, const QString &value)
{
    QByteArray bytes = value.toUtf8();
    bytes.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return name + ("=\"" + bytes + '"');
}

QByteArray MetricsPage::series(const char *family, const Labels &labels)
{
    Q_ASSERT(std::ranges::any_of(Families, [family](const MetricFamily &one) {
        return QByteArrayView(one.name) == QByteArrayView(family);
    }));
    QByteArrayList parts;
    for (const auto &[name, value] : labels)
        parts.append(label(name, value));
    return parts.isEmpty() ? QByteArray(family) : family + ('{' + parts.join(',') + '}');
}

void MetricsPage::add(const QByteArray &series, double value)
{
    m_values[series] += value;
}

void MetricsPage::raise(const QByteArray &series, double value)
{
    const auto known = m_values.constFind(series);
    m_values[series] = known == m_values.cend() ? value : std::max(*known, value);
}

QByteArray MetricsPage::toText() const
{
    QByteArray text;
    for (const MetricFamily &family : Families) {
        const QByteArray name = family.name;
        QByteArray lines;
        for (auto it = m_values.lowerBound(name); it != m_values.cend(); ++it) {
            if (!it.key().startsWith(name))
                break;
            if (it.key().size() == name.size() || it.key().at(name.size()) == '{') {
                lines += it.key() + ' '
                         + QByteArray::number(*it, 'g', QLocale::FloatingPointShortest) + '\n';
            }
        }
        if (lines.isEmpty())
            continue;
        text += "# HELP " + name + ' ' + family.help + '\n';
        text += "# TYPE " + name + (family.isCounter() ? " counter\n" : " gauge\n") + lines;
    }
    return text;
}

QMap<QByteArray, double> MetricsPage::countersOf(const QByteArray &text)
{
    QMap<QByteArray, double> counters;
    const QByteArrayList lines = text.split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray name = line.left(line.indexOf('{'));
        const auto family = std::ranges::find(Families, name, [](const MetricFamily &one) {
            return QByteArray(one.name);
        });
        const qsizetype blank = line.lastIndexOf("} ") + 1;
        bool isNumber = false;
        const double value = line.mid(blank + 1).toDouble(&isNumber);
        if (family != std::end(Families) && family->isCounter() && blank > 0 && isNumber
            && value >= 0)
            counters.insert(line.left(blank), value);
    }
    return counters;
}

bool MetricsPage::isPage(const QByteArray &text)
{
    return text.isEmpty() || text.startsWith("# HELP qproxysql_");
}

} // namespace qproxysql
