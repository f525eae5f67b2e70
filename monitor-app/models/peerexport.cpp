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

/// Reasons, errors and versions are other people's, and spreadsheets run what looks like a formula.
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

QStringList cellsOf(const PoolView &pool, const PeerView &peer)
{
    const PeerProbe *const probe = peer.probe ? &*peer.probe : nullptr;
    const bool isDraining = peer.service == Service::Draining;
    const auto reported = [&peer](int number) {
        return peer.isReported ? QString::number(number) : QString();
    };
    const bool isListed = probe && probe->serverList.isChecked;
    const bool isConnected = probe && probe->connectMs;
    return {pool.name,
            peer.address.name(),
            peer.address.host,
            peer.address.isSocket() ? QString() : QString::number(peer.address.port),
            peer.health,
            isDraining ? u"Draining"_s : u"InService"_s,
            isDraining ? wordOf(peer.drain.state) : QString(),
            reported(peer.sessions),
            reported(peer.inUse),
            reported(peer.inTransaction),
            reported(peer.pinned),
            isListed ? QString::number(probe->serverList.rows.size()) : QString(),
            numberText(probe ? probe->sessionLimit : std::nullopt),
            numberText(probe ? probe->connectMs : std::nullopt),
            numberText(peer.connectP95Ms),
            numberText(peer.past.errors5m),
            peer.past.isChangeSeen ? numberText(peer.past.stateAge) : QString(),
            numberText(peer.weight),
            probe ? probe->facts.version : QString(),
            isConnected ? (probe->usesTls ? u"yes"_s : u"no"_s) : QString(),
            peer.error,
            numberText(peer.nextCheck),
            isDraining && peer.entry ? peer.entry->requestedBy : QString(),
            isDraining && peer.entry ? peer.entry->reason : QString()};
}

QString cellText(const QModelIndex &index)
{
    return index.data().toString().simplified();
}

} // namespace

QByteArray csvOf(const PoolView &pool)
{
    // Never translated: programs read them.
    QString text = csvLine(
            {u"pool"_s,          u"peer"_s,           u"host"_s,           u"port"_s,
             u"health"_s,        u"service"_s,        u"drain"_s,          u"sessions"_s,
             u"in_use"_s,        u"in_transaction"_s, u"pinned"_s,         u"server_sessions"_s,
             u"session_limit"_s, u"connect_ms"_s,     u"connect_p95_ms"_s, u"errors_5m"_s,
             u"state_seconds"_s, u"weight"_s,         u"version"_s,        u"tls"_s,
             u"last_error"_s,    u"next_check_s"_s,   u"drained_by"_s,     u"reason"_s});
    for (const PeerView &peer : pool.peers)
        text += csvLine(cellsOf(pool, peer));
    return text.toUtf8();
}

QByteArray jsonOf(const ClusterView &view, const QString &poolName)
{
    ClusterView one = view;
    one.pools.removeIf([&poolName](const PoolView &pool) { return pool.name != poolName; });
    return QJsonDocument(clusterJson(one)).toJson();
}

QString tabSeparated(QModelIndexList indexes)
{
    std::ranges::sort(indexes, [](const QModelIndex &one, const QModelIndex &other) {
        return std::pair(one.row(), one.column()) < std::pair(other.row(), other.column());
    });
    indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
    QMap<int, bool> columns; // true: some row has a text there, which a drawn column has not
    for (const QModelIndex &index : std::as_const(indexes))
        columns[index.column()] = columns[index.column()] || !cellText(index).isEmpty();
    QStringList lines;
    QStringList cells;
    for (auto it = columns.cbegin(); it != columns.cend(); ++it) {
        if (it.value())
            cells.append(
                    indexes.constFirst().model()->headerData(it.key(), Qt::Horizontal).toString());
    }
    int row = -1;
    for (const QModelIndex &index : std::as_const(indexes)) {
        if (index.row() != row) {
            lines.append(cells.join(u'\t'));
            cells.clear();
            row = index.row();
        }
        if (columns.value(index.column()))
            cells.append(cellText(index));
    }
    if (!indexes.isEmpty())
        lines.append(cells.join(u'\t'));
    return lines.join(u'\n');
}

} // namespace qproxysql
