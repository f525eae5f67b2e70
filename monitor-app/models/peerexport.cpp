// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/peerexport.h"

#include "cluster/clusterjson.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto LineEnd = "\r\n"_L1;

/// Reasons, errors and versions are foreign text, and spreadsheets execute formulas.
bool isFormula(const QString &cell)
{
    bool isNumber = false;
    cell.toDouble(&isNumber);
    return !isNumber && !cell.isEmpty() && QStringView(u"=+-@\t\r\n").contains(cell.front());
}

QString quoted(QString cell)
{
    if (isFormula(cell))
        cell.prepend(u'\'');
    if (!std::ranges::any_of(cell, [](QChar c) {
            return c == u',' || c == u'"' || c == u'\r' || c == u'\n';
        }))
        return cell;
    return u'"' + cell.replace(u'"', "\"\""_L1) + u'"';
}

QString csvLine(const QStringList &cells)
{
    QStringList all;
    for (const QString &cell : cells)
        all.append(quoted(cell));
    return all.join(u',') + LineEnd;
}

QString numberText(const std::optional<int> &number)
{
    return number ? QString::number(*number) : QString();
}

QString numberText(const std::optional<double> &number)
{
    return number ? QString::number(*number, 'f', 3) : QString();
}

/// Name and value of each column. Not translated: programs read them.
QList<std::pair<QString, QString>> columnsOf(const PoolView &pool, const PeerView &peer)
{
    const PeerProbe *const probe = peer.probe ? &*peer.probe : nullptr;
    const bool isDraining = peer.service == Service::Draining;
    const auto reported = [&peer](int number) {
        return peer.isReported ? QString::number(number) : QString();
    };
    const bool isListed = probe && probe->serverList.isChecked;
    const bool isConnected = probe && probe->connectMs;
    return {{u"pool"_s, pool.name},
            {u"peer"_s, peer.address.name()},
            {u"host"_s, peer.address.host},
            {u"port"_s, peer.address.isSocket() ? QString() : QString::number(peer.address.port)},
            {u"health"_s, peer.health.name()},
            {u"service"_s, enumName(peer.service)},
            {u"drain"_s, isDraining ? wordOf(peer.drain.state) : QString()},
            {u"sessions"_s, reported(peer.sessions)},
            {u"in_use"_s, reported(peer.inUse)},
            {u"in_transaction"_s, reported(peer.inTransaction)},
            {u"pinned"_s, reported(peer.pinned)},
            {u"server_sessions"_s,
             isListed ? QString::number(probe->serverList.rows.size()) : QString()},
            {u"session_limit"_s, numberText(probe ? probe->sessionLimit : std::nullopt)},
            {u"connect_ms"_s, numberText(probe ? probe->connectMs : std::nullopt)},
            {u"connect_p95_ms"_s, numberText(peer.connectP95Ms)},
            {u"errors_5m"_s, numberText(peer.past.errors5m)},
            {u"state_seconds"_s,
             peer.past.isChangeSeen ? numberText(peer.past.stateAge) : QString()},
            {u"weight"_s, numberText(peer.weight)},
            {u"version"_s, probe ? probe->facts.version : QString()},
            {u"tls"_s, isConnected ? (probe->usesTls ? u"yes"_s : u"no"_s) : QString()},
            {u"last_error"_s, peer.error},
            {u"next_check_s"_s, numberText(peer.nextCheck)},
            {u"drained_by"_s, isDraining && peer.entry ? peer.entry->requestedBy : QString()},
            {u"reason"_s, isDraining && peer.entry ? peer.entry->reason : QString()}};
}

} // namespace

QByteArray csvOf(const PoolView &pool)
{
    const auto lineOf = [&pool](const PeerView &peer, auto part) {
        QStringList cells;
        for (const auto &column : columnsOf(pool, peer))
            cells.append(column.*part);
        return csvLine(cells);
    };
    using Column = std::pair<QString, QString>;
    QString text = lineOf(PeerView(), &Column::first);
    for (const PeerView &peer : pool.peers)
        text += lineOf(peer, &Column::second);
    return text.toUtf8();
}

QByteArray jsonOf(const ClusterView &view, const QString &poolName)
{
    ClusterView one = view;
    one.pools.removeIf([&poolName](const PoolView &pool) { return pool.name != poolName; });
    return QJsonDocument(clusterJson(one)).toJson();
}

QString tabSeparated(const QModelIndexList &indexes)
{
    QMap<int, QString> headers; // of the columns with text; drawn columns have none
    QMap<int, QMap<int, QString>> rows;
    for (const QModelIndex &index : indexes) {
        const QString text = index.data().toString().simplified();
        rows[index.row()][index.column()] = text;
        if (!text.isEmpty())
            headers[index.column()] =
                    index.model()->headerData(index.column(), Qt::Horizontal).toString();
    }
    QStringList lines{headers.values().join(u'\t')};
    for (const QMap<int, QString> &row : std::as_const(rows)) {
        QStringList cells;
        for (auto it = headers.keyBegin(); it != headers.keyEnd(); ++it)
            cells.append(row.value(*it));
        lines.append(cells.join(u'\t'));
    }
    return rows.isEmpty() ? QString() : lines.join(u'\n');
}

} // namespace qproxysql
