// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/displaystate.h"

#include "cluster/connecttimes.h"
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

QString drainText(const PeerView &peer, DisplayState state)
{
    switch (state) {
    case DisplayState::Draining:
    case DisplayState::Stalled:
        return stateWord(state) + Separator + leftText(peer);
    case DisplayState::Drained:
        return MonitorTexts::tr("Drained · not yet safe to stop");
    default:
        return stateWord(state);
    }
}

/// The health of a drained peer if it is unexpected.
QString healthNote(const PeerView &peer, DisplayState state)
{
    if (peer.isUp() || state == DisplayState::Stopped || peer.health == Health::Unknown)
        return {};
    return Separator + EvidenceTexts::word(peer.health).toLower();
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

/// Whether a text has running counters.
enum class Counters { Shown, Hidden };

QString noDataText(const PeerView &peer, Counters counters)
{
    if (peer.source != PeerView::Source::Nobody)
        return MonitorTexts::tr("Not tried yet");
    if (!peer.judgement.others.isEmpty()) // applications take it for up
        return MonitorTexts::tr("No recent answer");
    if (peer.probe && peer.probe->isLoginRefused())
        return MonitorTexts::tr("No data · login refused");
    if (peer.past.dataAge && counters == Counters::Shown)
        return MonitorTexts::tr("No data for %1").arg(DrainTexts::age(*peer.past.dataAge));
    return MonitorTexts::tr("No data");
}

QString textOf(const PeerView &peer, DisplayState state, Counters counters)
{
    if (isDrainState(state))
        return drainText(peer, state) + healthNote(peer, state)
               + (peer.isForgotten ? Separator + MonitorTexts::tr("forgotten?") : QString());
    if (state == DisplayState::NoData)
        return noDataText(peer, counters);
    QString text = state == DisplayState::Down ? EvidenceTexts::word(peer.health)
                                               : stateWord(state);
    if (state == DisplayState::Down && counters == Counters::Shown)
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

DisplayState displayStateOf(const PeerView &peer)
{
    if (peer.service == Service::Draining) {
        switch (peer.drain.state) {
        case DrainState::Stalled:
            return DisplayState::Stalled;
        case DrainState::Empty:
            return isCounted(peer) ? DisplayState::Drained : DisplayState::Draining;
        case DrainState::SafeToStop:
            return DisplayState::SafeToStop;
        case DrainState::Stopped:
            return DisplayState::Stopped;
        case DrainState::InService: // there is no verdict yet
        case DrainState::Requested:
        case DrainState::Draining:
            break;
        }
        return DisplayState::Draining;
    }
    if (peer.isUp())
        return peer.isSlow ? DisplayState::Slow : DisplayState::Up;
    if (peer.isDown())
        return DisplayState::Down;
    return peer.health == Health::Suspect ? DisplayState::Checking : DisplayState::NoData;
}

QString stateText(const PeerView &peer, DisplayState state)
{
    return textOf(peer, state, Counters::Shown);
}

QString quietStateText(const PeerView &peer, DisplayState state)
{
    return textOf(peer, state, Counters::Hidden);
}

QString stateWord(DisplayState state)
{
    static constexpr const char *Words[DisplayStateCount] = {
            QT_TRANSLATE_NOOP("QProxySqlMonitor", "Up"),
            QT_TRANSLATE_NOOP("QProxySqlMonitor", "Slow"),
            QT_TRANSLATE_NOOP("QProxySqlMonitor", "Checking"),
            QT_TRANSLATE_NOOP("QProxySqlMonitor", "Down"),
            QT_TRANSLATE_NOOP("QProxySqlMonitor", "Draining"),
            QT_TRANSLATE_NOOP("QProxySqlMonitor", "Stalled"),
            QT_TRANSLATE_NOOP("QProxySqlMonitor", "Drained"),
            QT_TRANSLATE_NOOP("QProxySqlMonitor", "Safe to stop"),
            QT_TRANSLATE_NOOP("QProxySqlMonitor", "Stopped"),
            QT_TRANSLATE_NOOP("QProxySqlMonitor", "No data"),
    };
    return MonitorTexts::tr(Words[int(state)]);
}

QString stateMeaning(DisplayState state)
{
    switch (state) {
    case DisplayState::Up:
        return MonitorTexts::tr("It works: it has answered within the last %1 s")
                .arg(PeerEvidence::FreshFor);
    case DisplayState::Slow:
        return MonitorTexts::tr("It works, but connecting takes %1 times as long as its pool's "
                                "median, or longer, and at least %2 ms")
                .arg(ConnectTimes::SlowFactor)
                .arg(ConnectTimes::SlowestUnnoticed);
    case DisplayState::Checking:
        return MonitorTexts::tr("An application has lost a session there; a probe decides");
    case DisplayState::Down:
        return MonitorTexts::tr("It cannot be used");
    case DisplayState::Draining:
        return MonitorTexts::tr("An operator has asked for a drain; applications are leaving");
    case DisplayState::Stalled:
        return MonitorTexts::tr("It drains, and no session has left for a while");
    case DisplayState::Drained:
        return MonitorTexts::tr("No session is left, but not all checks hold yet: do not stop it");
    case DisplayState::SafeToStop:
        return MonitorTexts::tr("Every check holds: the server may be stopped");
    case DisplayState::Stopped:
        return MonitorTexts::tr("It was safe to stop and does not answer any more: no alarm");
    case DisplayState::NoData:
        break;
    }
    return MonitorTexts::tr("Nobody knows, or nobody has found out within the last %1 s")
            .arg(PeerEvidence::FreshFor);
}

bool isDrainState(DisplayState state)
{
    return state == DisplayState::Draining || state == DisplayState::Stalled
           || state == DisplayState::Drained || state == DisplayState::SafeToStop
           || state == DisplayState::Stopped;
}

int severityOf(DisplayState state)
{
    constexpr DisplayState Rising[] = {DisplayState::Up,         DisplayState::Stopped,
                                       DisplayState::SafeToStop, DisplayState::Drained,
                                       DisplayState::Draining,   DisplayState::Slow,
                                       DisplayState::Checking,   DisplayState::NoData,
                                       DisplayState::Stalled,    DisplayState::Down};
    return int(std::ranges::find(Rising, state) - std::begin(Rising));
}

bool isProblem(DisplayState state)
{
    return severityOf(state) >= severityOf(DisplayState::Slow);
}

DisplayState worse(DisplayState one, DisplayState other)
{
    return severityOf(other) > severityOf(one) ? other : one;
}

} // namespace qproxysql
