// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/draincard.h"

#include "cluster/forgottendrain.h"
#include "cluster/peersearch.h"
#include "models/monitortexts.h"
#include "verdict/draintexts.h"

#include <QtCore/QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

QString failedChecks(const DrainAssessment &drain)
{
    QStringList texts;
    for (const DrainCheck &check : drain.checks) {
        if (check.state == DrainCheck::State::Fail)
            texts.append(check.text);
    }
    return texts.join("; "_L1);
}

/// The most important reason why it is not safe to stop.
QString reasonOf(const DrainAssessment &drain)
{
    if (drain.state == DrainState::Stalled && !drain.obstacles.isEmpty()) {
        const QString first = drain.obstacles.constFirst();
        if (drain.obstacles.size() == 1)
            return first;
        const int more = int(drain.obstacles.size()) - 2;
        const QString second = drain.obstacles.at(1);
        return MonitorTexts::tr("%1. Also %2.", "who keeps sessions there")
                .arg(first, more == 0 ? second
                                      : MonitorTexts::tr("%1; and %n more",
                                                         "who keeps sessions there", more)
                                                .arg(second));
    }
    if (drain.state == DrainState::Draining && drain.left > 0
        && !drain.has("others"_L1, DrainCheck::State::Fail))
        return MonitorTexts::tr("%n session(s) left", nullptr, drain.left);
    return failedChecks(drain);
}

DrainCard::Verdict verdictOf(const DrainAssessment &drain)
{
    if (drain.state == DrainState::Stopped)
        return {DrainCard::Safety::Safe, MonitorTexts::tr("STOPPED"),
                MonitorTexts::tr("it was safe to stop, and does not answer any more")};
    if (drain.isSafe()) {
        const bool isAllChecked = std::ranges::none_of(drain.checks, [](const DrainCheck &check) {
            return check.state == DrainCheck::State::NotChecked;
        });
        return {DrainCard::Safety::Safe, MonitorTexts::tr("SAFE TO STOP"),
                isAllChecked ? QString() : MonitorTexts::tr("as far as could be checked")};
    }
    if (drain.isBlind())
        return {DrainCard::Safety::Unknown, MonitorTexts::tr("NOT KNOWN TO BE SAFE TO STOP"),
                MonitorTexts::tr("its sessions cannot be seen from here")};
    return {DrainCard::Safety::NotYet, MonitorTexts::tr("NOT YET SAFE TO STOP"), reasonOf(drain)};
}

QString quietVerdictOf(const DrainAssessment &drain)
{
    if (drain.isSafe() || drain.isBlind())
        return verdictOf(drain).text();
    if (drain.left > 0)
        return MonitorTexts::tr("Not yet safe to stop: %n session(s) left", nullptr, drain.left);
    return MonitorTexts::tr("Not yet safe to stop: no session left, waiting until it is certain");
}

QString progressOf(const DrainCard &card)
{
    const DrainAssessment &drain = card.drain;
    if (drain.peak == 0 && drain.left == 0)
        return {};
    QString text = drain.peak == 0 ? MonitorTexts::tr("%1 left", "sessions").arg(drain.left)
                                   : MonitorTexts::tr("%1 of %n moved", "sessions", drain.peak)
                                             .arg(card.moved());
    if (drain.timeLeft)
        text += u" · "_s
                + MonitorTexts::tr("about %1 left").arg(DrainTexts::age(std::ceil(*drain.timeLeft)));
    return text;
}

QString whoOf(const DrainRequest &entry)
{
    QString text = MonitorTexts::tr("asked for by %1").arg(entry.requestedBy);
    if (entry.at.isValid())
        text = MonitorTexts::tr("asked for by %1, %2", "who, when")
                       .arg(entry.requestedBy,
                            QLocale().toString(entry.at.toLocalTime(), QLocale::ShortFormat));
    return entry.reason.isEmpty() ? text : QString(text + ": "_L1 + entry.reason);
}

/// In the first pool where it drains: the verdict is the same in each.
const PeerView *drainingOne(const PeerSearch &search)
{
    const auto &peers = search.everywhere();
    const auto it = std::ranges::find(peers, Service::Draining, &PeerView::service);
    return it == peers.cend() ? nullptr : &*it;
}

} // namespace

DrainCard drainCardOf(const ClusterView &view, const QString &peerName)
{
    DrainCard card;
    const PeerSearch search(view, peerName);
    const PeerView *const peer = search.isFound() ? drainingOne(search) : nullptr;
    if (!peer)
        return card;
    const DrainAssessment &drain = peer->drain;
    card.isDraining = true;
    card.peer = peerName;
    card.state = displayStateOf(*peer);
    card.title = MonitorTexts::tr("Drain of %1").arg(peerName);
    card.who = peer->entry ? whoOf(*peer->entry) : QString();
    if (peer->isForgotten)
        card.who += u" · "_s + ForgottenDrain::text(*peer);
    card.drain = drain;
    card.progress = progressOf(card);
    card.verdict = verdictOf(drain);
    card.quietVerdict = quietVerdictOf(drain);
    return card;
}

QString markOf(DrainCheck::State state)
{
    switch (state) {
    case DrainCheck::State::Pass:
        return u"✓"_s;
    case DrainCheck::State::Fail:
        return u"○"_s;
    case DrainCheck::State::NotChecked:
        break;
    }
    return u"?"_s;
}

} // namespace qproxysql
