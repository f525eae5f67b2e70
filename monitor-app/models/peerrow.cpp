// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/peerrow.h"

#include "models/monitortexts.h"
#include "verdict/draintexts.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Cell = PeerRow::Cell;

const QString &notKnown()
{
    static const QString &dash = *new QString(u"–"_s);
    return dash;
}

Cell numberCell(const std::optional<int> &number)
{
    return number ? Cell{QString::number(*number), *number} : Cell{notKnown(), {}};
}

Cell textCell(const QString &text)
{
    return text.isEmpty() ? Cell{notKnown(), {}} : Cell{text, text};
}

std::optional<int> ifReported(const PeerView &peer, int number)
{
    return peer.isReported ? std::optional(number) : std::nullopt;
}

Cell shareCell(const PeerView &peer, int all)
{
    if (!peer.isReported)
        return {notKnown(), {}};
    const double share = all > 0 ? 100.0 * peer.sessions / all : 0;
    return {MonitorTexts::tr("%1%", "a share in percent").arg(qRound(share)), share};
}

Cell connectCell(const PeerView &peer)
{
    if (!peer.probe || !peer.probe->connectMs)
        return {notKnown(), {}};
    const double ms = *peer.probe->connectMs;
    return {MonitorTexts::tr("%1 ms").arg(ms, 0, 'f', ms < 100 ? 1 : 0), ms};
}

/// Before the first observed change, the state is older than the observation.
Cell sinceCell(const PeerPast &past)
{
    if (!past.stateAge)
        return {notKnown(), {}};
    const QString age = DrainTexts::age(*past.stateAge);
    return {past.isChangeSeen ? age : u"> "_s + age, *past.stateAge};
}

Cell nextCheckCell(const PeerView &peer)
{
    if (!peer.nextCheck || peer.isUp())
        return {notKnown(), {}};
    return {DrainTexts::age(*peer.nextCheck), *peer.nextCheck};
}

Cell tlsCell(const PeerView &peer)
{
    if (!peer.probe || !peer.probe->connectMs)
        return {notKnown(), {}};
    return textCell(peer.probe->usesTls ? MonitorTexts::tr("yes") : MonitorTexts::tr("no"));
}

void addRest(const PeerView &peer, PeerRow *row)
{
    const PeerProbe *const probe = peer.probe ? &*peer.probe : nullptr;
    const bool isListed = probe && probe->serverList.isChecked;
    const bool isDraining = peer.service == Service::Draining && peer.entry;
    row->cells[PeerRow::ServerSessions] = numberCell(
            isListed ? std::optional(int(probe->serverList.rows.size())) : std::nullopt);
    row->cells[PeerRow::Weight] = numberCell(peer.weight);
    row->cells[PeerRow::Limit] = numberCell(probe ? probe->sessionLimit : std::nullopt);
    row->cells[PeerRow::Version] = textCell(probe ? probe->facts.version : QString());
    row->cells[PeerRow::Tls] = tlsCell(peer);
    row->cells[PeerRow::LastError] = textCell(peer.error);
    row->cells[PeerRow::NextCheck] = nextCheckCell(peer);
    row->cells[PeerRow::DrainedBy] = textCell(isDraining ? peer.entry->requestedBy : QString());
    row->cells[PeerRow::Reason] = textCell(isDraining ? peer.entry->reason : QString());
}

/// The sources of the state and their age, then the reason.
QString toolTipOf(const PeerView &peer)
{
    QStringList lines;
    if (const QString seen = EvidenceTexts::seenBy(peer.judgement); !seen.isEmpty())
        lines.append(MonitorTexts::tr("%1, as reported by %2", "a state, and who says so")
                             .arg(healthWord(peer.health), seen));
    lines.append(EvidenceTexts::disagreement(peer.judgement));
    lines.append(peer.drain.obstacles.isEmpty() ? QStringList{peer.error} : peer.drain.obstacles);
    lines.removeAll(QString());
    return lines.join(u'\n');
}

PeerRow rowOf(const PeerView &peer, PeerLook look, int allSessions)
{
    PeerRow row;
    row.key = peer.address.name();
    row.look = look;
    row.sentence = sentenceOf(peer, look);
    row.toolTip = toolTipOf(peer);
    row.trend = peer.past.trend;
    row.cells[PeerRow::Peer] = {row.key, row.key};
    row.quietState = quietStateText(peer, look);
    row.cells[PeerRow::State] = {stateText(peer, look), -severityOf(look)}; // the worst first
    row.cells[PeerRow::Sessions] = numberCell(ifReported(peer, peer.sessions));
    row.cells[PeerRow::InUse] = numberCell(ifReported(peer, peer.inUse));
    row.cells[PeerRow::InTransaction] = numberCell(ifReported(peer, peer.inTransaction));
    row.cells[PeerRow::Share] = shareCell(peer, allSessions);
    row.cells[PeerRow::Connect] = connectCell(peer);
    row.cells[PeerRow::Errors] = numberCell(peer.past.errors5m);
    row.cells[PeerRow::Since] = sinceCell(peer.past);
    addRest(peer, &row);
    return row;
}

} // namespace

bool PeerRow::isSameCell(const PeerRow &other, int column) const
{
    switch (column) {
    case Peer: // whose roles are those of the whole row
        return look == other.look && sentence == other.sentence;
    case State:
        return look == other.look && toolTip == other.toolTip
               && cells[State].text == other.cells[State].text;
    case Trend:
        return trend == other.trend;
    default:
        return cells[size_t(column)].text == other.cells[size_t(column)].text;
    }
}

QList<PeerRow> peerRowsOf(const PoolView &pool)
{
    int all = 0;
    for (const PeerView &peer : pool.peers)
        all += peer.sessions;
    QList<PeerRow> rows;
    rows.reserve(pool.peers.size());
    for (const PeerView &peer : pool.peers)
        rows.append(rowOf(peer, lookOf(peer), all));
    return rows;
}

QString sentenceOf(const PeerView &peer, PeerLook look)
{
    QStringList parts{peer.address.name(), quietStateText(peer, look).replace(u" · "_s, ", "_L1)};
    if (peer.isReported && !isDrainLook(look))
        parts.append(DrainTexts::sessions(peer.sessions));
    if (peer.isReported && peer.sessions > 0) {
        parts.append(MonitorTexts::tr("%n in use", nullptr, peer.inUse));
        if (peer.inTransaction > 0)
            parts.append(MonitorTexts::tr("%n in a transaction", nullptr, peer.inTransaction));
    }
    if (peer.past.errors5m.value_or(0) > 0)
        parts.append(MonitorTexts::tr("%n error(s) in five minutes", nullptr, *peer.past.errors5m));
    if (isDrainLook(look) && peer.entry && !peer.entry->requestedBy.isEmpty())
        parts.append(MonitorTexts::tr("drained by %1").arg(peer.entry->requestedBy));
    return parts.join(", "_L1);
}

} // namespace qproxysql
