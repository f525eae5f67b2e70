// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/peerlook.h"

#include "models/monitortexts.h"
#include "verdict/draintexts.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

const auto Separator = u" · "_s;

/// True when the number of sessions may be known.
bool isCounted(const PeerView &peer)
{
    return peer.isReported || (peer.probe && peer.probe->serverList.isChecked);
}

QString leftText(const PeerView &peer)
{
    if (!isCounted(peer))
        return MonitorTexts::tr("sessions not known");
    if (peer.drain.peak < peer.drain.left)
        return MonitorTexts::tr("%1 left", "sessions").arg(peer.drain.left);
    return MonitorTexts::tr("%1 of %2 left").arg(peer.drain.left).arg(peer.drain.peak);
}

QString drainText(const PeerView &peer, PeerLook look)
{
    switch (look) {
    case PeerLook::Draining:
    case PeerLook::Stalled:
        return lookWord(look) + Separator + leftText(peer);
    case PeerLook::Drained:
        return MonitorTexts::tr("Drained · not yet safe to stop");
    default:
        return lookWord(look);
    }
}

/// The health of a drained peer if it is unexpected.
QString healthNote(const PeerView &peer, PeerLook look)
{
    if (peer.isUp() || look == PeerLook::Stopped || peer.health == Health::Unknown)
        return {};
    return Separator + healthWord(peer.health).toLower();
}

QString recheckText(const PeerView &peer)
{
    if (!peer.nextCheck)
        return {};
    if (*peer.nextCheck < 1)
        return Separator + MonitorTexts::tr("rechecking");
    return Separator
           + MonitorTexts::tr("recheck in %1").arg(DrainTexts::age(std::floor(*peer.nextCheck)));
}

QString noDataText(const PeerView &peer, bool isQuiet)
{
    if (peer.source != PeerView::Source::Nobody)
        return MonitorTexts::tr("Not tried yet");
    if (!peer.judgement.others.isEmpty()) // applications take it for up
        return MonitorTexts::tr("No recent answer");
    if (peer.probe && peer.probe->isLoginRefused())
        return MonitorTexts::tr("No data · login refused");
    if (peer.past.dataAge && !isQuiet)
        return MonitorTexts::tr("No data for %1").arg(DrainTexts::age(*peer.past.dataAge));
    return MonitorTexts::tr("No data");
}

QString textOf(const PeerView &peer, PeerLook look, bool isQuiet)
{
    if (isDrainLook(look))
        return drainText(peer, look) + healthNote(peer, look);
    if (look == PeerLook::NoData)
        return noDataText(peer, isQuiet);
    QString text = look == PeerLook::Down ? healthWord(peer.health) : lookWord(look);
    if (look == PeerLook::Down && !isQuiet)
        text += recheckText(peer);
    if (peer.isUp() && peer.source == PeerView::Source::Applications && peer.probe
        && !peer.probe->isUp())
        text += MonitorTexts::tr(" (reported by applications)");
    if (!peer.serverRequest.isEmpty())
        text += Separator + peer.serverRequest;
    if (const QString other = EvidenceTexts::disagreement(peer.judgement); !other.isEmpty())
        text += Separator + other;
    return text;
}

} // namespace

PeerLook lookOf(const PeerView &peer)
{
    if (peer.service == Service::Draining) {
        switch (peer.drain.state) {
        case DrainState::Stalled:
            return PeerLook::Stalled;
        case DrainState::Empty:
            return isCounted(peer) ? PeerLook::Drained : PeerLook::Draining;
        case DrainState::SafeToStop:
            return PeerLook::SafeToStop;
        case DrainState::Stopped:
            return PeerLook::Stopped;
        case DrainState::InService: // there is no verdict yet
        case DrainState::Requested:
        case DrainState::Draining:
            break;
        }
        return PeerLook::Draining;
    }
    if (peer.isUp())
        return peer.isSlow ? PeerLook::Slow : PeerLook::Up;
    if (peer.isDown())
        return PeerLook::Down;
    return peer.health == Health::Suspect ? PeerLook::Checking : PeerLook::NoData;
}

QString stateText(const PeerView &peer, PeerLook look)
{
    return textOf(peer, look, false);
}

QString quietStateText(const PeerView &peer, PeerLook look)
{
    return textOf(peer, look, true);
}

QString lookWord(PeerLook look)
{
    switch (look) {
    case PeerLook::Up:
        return MonitorTexts::tr("Up");
    case PeerLook::Slow:
        return MonitorTexts::tr("Slow");
    case PeerLook::Checking:
        return MonitorTexts::tr("Checking");
    case PeerLook::Down:
        return MonitorTexts::tr("Down");
    case PeerLook::Draining:
        return MonitorTexts::tr("Draining");
    case PeerLook::Stalled:
        return MonitorTexts::tr("Stalled");
    case PeerLook::Drained:
        return MonitorTexts::tr("Drained");
    case PeerLook::SafeToStop:
        return MonitorTexts::tr("Safe to stop");
    case PeerLook::Stopped:
        return MonitorTexts::tr("Stopped");
    case PeerLook::NoData:
        break;
    }
    return MonitorTexts::tr("No data");
}

QString healthWord(const ReportedHealth &health)
{
    if (health.isOfLaterVersion())
        return health.name();
    switch (health.value()) {
    case Health::Up:
        return MonitorTexts::tr("Up");
    case Health::Suspect:
        return MonitorTexts::tr("Checking");
    case Health::Down:
        return MonitorTexts::tr("Down");
    case Health::NotReady:
        return MonitorTexts::tr("Not ready");
    case Health::Overloaded:
        return MonitorTexts::tr("Overloaded");
    case Health::Blocked:
        return MonitorTexts::tr("Blocked");
    case Health::Misconfigured:
        return MonitorTexts::tr("Misconfigured");
    case Health::Unknown:
        break;
    }
    return MonitorTexts::tr("Unknown");
}

bool isDrainLook(PeerLook look)
{
    return look == PeerLook::Draining || look == PeerLook::Stalled || look == PeerLook::Drained
           || look == PeerLook::SafeToStop || look == PeerLook::Stopped;
}

int severityOf(PeerLook look)
{
    constexpr PeerLook Rising[] = {PeerLook::Up,       PeerLook::Stopped,  PeerLook::SafeToStop,
                                   PeerLook::Drained,  PeerLook::Draining, PeerLook::Slow,
                                   PeerLook::Checking, PeerLook::NoData,   PeerLook::Stalled,
                                   PeerLook::Down};
    return int(std::ranges::find(Rising, look) - std::begin(Rising));
}

bool isProblem(PeerLook look)
{
    return severityOf(look) >= severityOf(PeerLook::Slow);
}

PeerLook worse(PeerLook one, PeerLook other)
{
    return severityOf(other) > severityOf(one) ? other : one;
}

} // namespace qproxysql
