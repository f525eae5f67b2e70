// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/peerdetails.h"

#include "models/displaystate.h"
#include "models/monitortexts.h"
#include "verdict/draintexts.h"

#include <QtCore/QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// Collects known details; skips unknown ones.
class Details
{
public:
    void add(const QString &key, const QString &name, const QString &value)
    {
        if (!value.isEmpty())
            m_all.append({key, name, value});
    }
    void add(const QString &key, const QString &name, const std::optional<int> &value)
    {
        if (value)
            add(key, name, QString::number(*value));
    }
    QList<PeerDetail> all() const { return m_all; }

private:
    QList<PeerDetail> m_all;
};

/// "from here and by orders-web, 2 s ago".
QString sourceText(const PeerView &peer)
{
    if (const QString seen = EvidenceTexts::seenBy(peer.judgement); !seen.isEmpty())
        return seen;
    return peer.source == PeerView::Source::Applications
                   ? MonitorTexts::tr("reports of applications")
                   : MonitorTexts::tr("nobody");
}

QString stateAgeText(const PeerPast &past)
{
    if (!past.stateAge)
        return {};
    const QString age = DrainTexts::age(*past.stateAge);
    return past.isChangeSeen ? age : MonitorTexts::tr("%1 or longer").arg(age);
}

QString millisecondsText(const std::optional<double> &ms)
{
    return ms ? MonitorTexts::tr("%1 ms").arg(QLocale().toString(*ms, 'f', 1)) : QString();
}

QString clockText(const std::optional<double> &ahead)
{
    if (!ahead)
        return {};
    const QString seconds = QLocale().toString(std::abs(*ahead), 'f', 1);
    return *ahead < 0 ? MonitorTexts::tr("%1 s behind ours").arg(seconds)
                      : MonitorTexts::tr("%1 s ahead of ours").arg(seconds);
}

void addState(const PeerView &peer, Details *details)
{
    const DisplayState state = displayStateOf(peer);
    details->add(u"state"_s, MonitorTexts::tr("State"), stateText(peer, state));
    details->add(u"health"_s, MonitorTexts::tr("Health"),
                 u"%1 (%2)"_s.arg(EvidenceTexts::word(peer.health), sourceText(peer)));
    details->add(u"disagreement"_s, MonitorTexts::tr("Disagreement"),
                 EvidenceTexts::disagreement(peer.judgement));
    details->add(u"stateAge"_s, MonitorTexts::tr("For"), stateAgeText(peer.past));
    details->add(u"serverWish"_s, MonitorTexts::tr("The server itself asks for"),
                 peer.serverRequest);
    details->add(u"error"_s, MonitorTexts::tr("Last error"), peer.error);
    details->add(u"errors5m"_s, MonitorTexts::tr("Errors in five minutes"), peer.past.errors5m);
    if (peer.nextCheck && !peer.isUp())
        details->add(u"nextCheck"_s, MonitorTexts::tr("Next check"),
                     DrainTexts::age(*peer.nextCheck));
}

/// "3 (changed: 2, state: 1)"; the words are those of reports.
QString lostText(const TransactionFates &transactions)
{
    QStringList reasons;
    for (auto it = transactions.lost.cbegin(); it != transactions.lost.cend(); ++it)
        reasons << u"%1: %2"_s.arg(it.key()).arg(it.value());
    return reasons.isEmpty()
                   ? QString()
                   : u"%1 (%2)"_s.arg(transactions.lostInAll()).arg(reasons.join(u", "_s));
}

void addSessions(const PeerView &peer, Details *details)
{
    if (peer.isReported) {
        details->add(u"sessions"_s, MonitorTexts::tr("Sessions reported"), peer.sessions);
        details->add(u"inUse"_s, MonitorTexts::tr("In use"), peer.inUse);
        details->add(u"inTransaction"_s, MonitorTexts::tr("In a transaction"), peer.inTransaction);
        details->add(u"pinned"_s, MonitorTexts::tr("Pinned (temporary tables, locks …)"),
                     peer.pinned);
        details->add(u"replays"_s, MonitorTexts::tr("Transactions replayed"),
                     peer.transactions.replayed);
        details->add(u"transactionsLost"_s, MonitorTexts::tr("Transactions lost"),
                     lostText(peer.transactions));
        details->add(u"parked"_s, MonitorTexts::tr("Parked for the next open()"), peer.parked);
    }
    if (!peer.probe)
        return;
    const ServerList &list = peer.probe->serverList;
    const QString listName = MonitorTexts::tr("In the server's own list");
    if (list.isChecked)
        details->add(u"serverList"_s, listName, QString::number(list.rows.size()));
    else
        details->add(u"serverList"_s, listName,
                     list.whyNot.isEmpty() ? MonitorTexts::tr("not checked")
                                           : MonitorTexts::tr("not checked: %1").arg(list.whyNot));
    details->add(u"limit"_s, MonitorTexts::tr("Sessions allowed"), peer.probe->sessionLimit);
}

void addServer(const PeerView &peer, Details *details)
{
    details->add(u"identities"_s, MonitorTexts::tr("Calls itself"), peer.identities.join(", "_L1));
    details->add(u"otherAddresses"_s, MonitorTexts::tr("In other pools"),
                 peer.otherAddresses.join(", "_L1));
    details->add(u"weight"_s, MonitorTexts::tr("Weight"), peer.weight);
    if (!peer.probe)
        return;
    const PeerProbe &probe = *peer.probe;
    details->add(u"version"_s, MonitorTexts::tr("Version"), probe.facts.version);
    details->add(u"proxy"_s, MonitorTexts::tr("Is a proxy"),
                 probe.between.proxy == "unknown"_L1 ? MonitorTexts::tr("yes")
                                                     : probe.between.proxy);
    details->add(u"connect"_s, MonitorTexts::tr("Connect time"), millisecondsText(probe.connectMs));
    details->add(u"connectP95"_s, MonitorTexts::tr("Connect time, 95 %"),
                 millisecondsText(peer.connectP95Ms));
    if (probe.connectMs)
        details->add(u"tls"_s, MonitorTexts::tr("TLS"),
                     probe.usesTls ? MonitorTexts::tr("yes") : MonitorTexts::tr("no"));
    details->add(u"clock"_s, MonitorTexts::tr("Its clock"), clockText(probe.clockAhead));
    if (!probe.isUp())
        details->add(u"probe"_s, MonitorTexts::tr("From here"), probe.message());
}

void addRequest(const PeerView &peer, Details *details)
{
    if (!peer.entry)
        return;
    const DrainRequest &entry = *peer.entry;
    details->add(u"request"_s,
                 entry.service == Service::Draining ? MonitorTexts::tr("Drained by")
                                                    : MonitorTexts::tr("Resumed by"),
                 entry.requestedBy);
    if (entry.at.isValid())
        details->add(u"requestAt"_s, MonitorTexts::tr("At, by that person's clock"),
                     QLocale().toString(entry.at.toLocalTime(), QLocale::ShortFormat));
    details->add(u"requestReason"_s, MonitorTexts::tr("Reason"), entry.reason);
}

} // namespace

QList<PeerDetail> peerDetailsOf(const PeerView &peer)
{
    Details details;
    addState(peer, &details);
    addSessions(peer, &details);
    addServer(peer, &details);
    addRequest(peer, &details);
    return details.all();
}

const PoolView *findPool(const ClusterView &view, const QString &poolName)
{
    const auto it = std::ranges::find(view.pools, poolName, &PoolView::name);
    return it == view.pools.cend() ? nullptr : &*it;
}

const PeerView *findPeer(const ClusterView &view, const QString &poolName, const QString &peerName)
{
    for (const PoolView &pool : view.pools) {
        if (!poolName.isNull() && pool.name != poolName)
            continue;
        for (const PeerView &peer : pool.peers) {
            if (peer.address.name() == peerName)
                return &peer;
        }
    }
    return nullptr;
}

} // namespace qproxysql
