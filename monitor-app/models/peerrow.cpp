// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/peerrow.h"

#include "cluster/forgottendrain.h"
#include "models/monitortexts.h"
#include "verdict/draintexts.h"

#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// Before the first observed change, the state is older than the observation.
QString sinceText(const PeerPast &past)
{
    const QString age = DrainTexts::age(*past.stateAge);
    return past.isChangeSeen ? age : u"> "_s + age;
}

void addProbe(const PeerProbe &probe, PeerRow *row)
{
    if (probe.serverList.isChecked)
        row->cells[PeerRow::ServerSessions] = int(probe.serverList.rows.size());
    row->cells[PeerRow::Limit] = probe.sessionLimit;
    row->cells[PeerRow::Version] = probe.facts.version;
    if (!probe.connectMs)
        return;
    const double ms = *probe.connectMs;
    const QString number = QLocale().toString(ms, 'f', ms < 100 ? 1 : 0);
    row->cells[PeerRow::Connect] = {MonitorTexts::tr("%1 ms").arg(number), ms};
    row->cells[PeerRow::Tls] = probe.usesTls ? MonitorTexts::tr("yes") : MonitorTexts::tr("no");
}

void addSessions(const PeerView &peer, int allSessions, PeerRow *row)
{
    const double share = allSessions > 0 ? 100.0 * peer.sessions / allSessions : 0;
    row->cells[PeerRow::Sessions] = peer.sessions;
    row->cells[PeerRow::InUse] = peer.inUse;
    row->cells[PeerRow::InTransaction] = peer.inTransaction;
    row->cells[PeerRow::Share] = {MonitorTexts::tr("%1%", "a share in percent").arg(qRound(share)),
                                  share};
}

/// The sources of the state and their age, then the reason.
QString toolTipOf(const PeerView &peer)
{
    QStringList lines;
    if (const QString seen = EvidenceTexts::seenBy(peer.judgement); !seen.isEmpty())
        lines.append(u"%1 (%2)"_s.arg(EvidenceTexts::word(peer.health), seen));
    lines.append(EvidenceTexts::disagreement(peer.judgement));
    lines.append(ForgottenDrain::text(peer));
    if (peer.isUnseen())
        lines.append(MonitorTexts::tr("No application reports it, and no account is known: log in "
                                      "with Tools > Log In (Ctrl+L)"));
    lines.append(peer.drain.obstacles.isEmpty() ? QStringList{peer.error} : peer.drain.obstacles);
    lines.removeAll(QString());
    return lines.join(u'\n');
}

PeerRow rowOf(const PeerView &peer, DisplayState state, int allSessions)
{
    PeerRow row;
    row.key = peer.address.name();
    row.state = state;
    row.isForgotten = peer.isForgotten;
    row.sentence = sentenceOf(peer, state);
    row.toolTip = toolTipOf(peer);
    row.trend = peer.past.trend;
    row.quietState = quietStateText(peer, state);
    row.cells[PeerRow::Peer] = row.key;
    row.cells[PeerRow::State] = {stateText(peer, state), -severityOf(state)}; // the worst first
    row.cells[PeerRow::Errors] = peer.past.errors5m;
    if (peer.past.stateAge)
        row.cells[PeerRow::Since] = {sinceText(peer.past), *peer.past.stateAge};
    row.cells[PeerRow::Trend] = {{}, {}}; // drawn
    row.cells[PeerRow::Weight] = peer.weight;
    row.cells[PeerRow::LastError] = peer.error;
    if (peer.nextCheck && !peer.isUp())
        row.cells[PeerRow::NextCheck] = {DrainTexts::age(*peer.nextCheck), *peer.nextCheck};
    if (peer.service == Service::Draining && peer.entry) {
        row.cells[PeerRow::DrainedBy] = peer.entry->requestedBy;
        row.cells[PeerRow::Reason] = peer.entry->reason;
    }
    if (peer.isReported)
        addSessions(peer, allSessions, &row);
    if (peer.probe)
        addProbe(*peer.probe, &row);
    return row;
}

} // namespace

QList<PeerRow> peerRowsOf(const PoolView &pool)
{
    int all = 0;
    for (const PeerView &peer : pool.peers)
        all += peer.sessions;
    QList<PeerRow> rows;
    rows.reserve(pool.peers.size());
    for (const PeerView &peer : pool.peers)
        rows.append(rowOf(peer, displayStateOf(peer), all));
    return rows;
}

QString sentenceOf(const PeerView &peer, DisplayState state)
{
    QStringList parts{peer.address.name(), quietStateText(peer, state).replace(u" · "_s, ", "_L1)};
    if (peer.isReported && !isDrainState(state))
        parts.append(DrainTexts::sessions(peer.sessions));
    if (peer.isReported && peer.sessions > 0) {
        parts.append(MonitorTexts::tr("%n in use", nullptr, peer.inUse));
        if (peer.inTransaction > 0)
            parts.append(MonitorTexts::tr("%n in a transaction", nullptr, peer.inTransaction));
    }
    if (peer.past.errors5m.value_or(0) > 0)
        parts.append(MonitorTexts::tr("%n error(s) in five minutes", nullptr, *peer.past.errors5m));
    if (isDrainState(state) && peer.entry && !peer.entry->requestedBy.isEmpty())
        parts.append(MonitorTexts::tr("drained by %1").arg(peer.entry->requestedBy));
    return parts.join(", "_L1);
}

} // namespace qproxysql
