// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionopener.h"

#include "session/nopeererror.h"
#include "session/openrace.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QScopeGuard>

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto StaggerDelay = 250ms;
constexpr int MaxSweeps = 2;
constexpr std::chrono::milliseconds PatienceWithImprovement = 2s;

// With OPEN_DEADLINE for %1.
QString textOf(const char *text, std::chrono::milliseconds deadline)
{
    return QCoreApplication::translate("QProxySql", text).arg(double(deadline.count()) / 1000);
}

} // namespace

SessionOpener::SessionOpener(std::shared_ptr<PeerPool> pool, PoolWatch watch,
                             const ConnectionConfig &config, const Clock &clock)
    : m_pool(std::move(pool))
    , m_watch(std::move(watch))
    , m_config(config)
    , m_clock(clock)
{
}

SessionOpener::Opened SessionOpener::open(SessionRequest request) const
{
    std::shared_ptr<PeerSession> spare;
    const bool isOfferOnly = request.isOfferOnly;
    Opened opened = run(std::move(request), &spare);
    if (!opened.session && spare && !isOfferOnly)
        return {std::move(spare), {}, false};
    return opened;
}

// A peer that was drained during the open is used only when no other is left.
bool SessionOpener::isUnwanted(const PeerSession &session) const
{
    return m_pool->peer(session.peer()).service == Service::Draining && m_pool->hasSelectable();
}

SessionOpener::Opened SessionOpener::run(SessionRequest request,
                                         std::shared_ptr<PeerSession> *spare) const
{
    const auto deadline = m_clock.now()
                          + (request.isImprovement
                                     ? std::min(m_config.openDeadline, PatienceWithImprovement)
                                     : m_config.openDeadline);
    const auto turnEnds = [this, deadline] {
        return std::min(deadline, m_clock.now() + StaggerDelay);
    };
    const auto patience = request.cause.isEmpty() ? 0ms : m_config.openDeadline;
    const auto race = std::make_shared<OpenRace>(m_pool, m_watch, m_config, request.arrival,
                                                 m_clock);
    if (request.isFresh)
        race->takeNoneThatWasKept();
    const auto ending = qScopeGuard([&race] { race->abandon(); });
    PeerId avoid = request.avoid;
    if (avoid != NoPeer)
        race->exclude(avoid);

    std::optional<QSqlError> refusal; ///< of a login or the set-up
    bool isSecondAwaited = false;     ///< the one peer more is under way, and has its turn
    int sweeps = 0;
    for (;;) {
        bool isTurn = true; // an attempt has just been started
        if (request.offered) {
            race->startWith(std::move(request.offered));
        } else if (std::exchange(isSecondAwaited, false) && race->underWay() > 0) {
            // its turn begins now
        } else if (!request.isOfferOnly && race->startNext(std::exchange(request.prefer, NoPeer))) {
            // the next attempt was started
        } else if (request.isOfferOnly && race->underWay() == 0) {
            return {};
        } else if (avoid != NoPeer && !refusal) {
            // No other peer accepted, or all are slow: the avoided peer is better than none.
            race->include(std::exchange(avoid, NoPeer));
            continue;
        } else if (race->underWay() == 0) {
            if (refusal)
                return {nullptr, *refusal};
            if (m_clock.now() < deadline && race->retryLate()) {
                race->wait(turnEnds()); // a pause: no attempt is running
                continue;
            }
            const bool isAskedAgain = patience > 0ms
                                      || (!race->hasTriedAll() && sweeps < MaxSweeps);
            if (isAskedAgain && m_watch->sweep({deadline, patience, race->tried()})) {
                if (++sweeps > MaxSweeps)
                    race->wait(turnEnds()); // a pause: the peers that answer fail as well
                race->forgetTried();
                continue;
            }
            return {nullptr,
                    noPeerError(request, *race, patience > 0ms ? outageReason() : QString())};
        } else {
            isTurn = false;
        }

        std::optional<OpenRace::Finish> finish = race->wait(turnEnds());
        if (!finish) {
            if (m_clock.now() >= deadline)
                return {nullptr, noPeerError(request, *race,
                                             textOf("no peer answered within OPEN_DEADLINE=%1 s",
                                                    m_config.openDeadline),
                                             race->tried())};
            race->giveUpLate();
            if (isTurn)
                race->markStalled();
            continue;
        }
        if (finish->session && isUnwanted(*finish->session)) {
            *spare = std::move(finish->session);
            continue;
        }
        if (finish->session)
            return {std::move(finish->session), {}, false};
        if (finish->after == AfterConnectFailure::Stop)
            return {nullptr, finish->error, finish->areSettingsRefused};
        // A proxy may not know the user yet, so one more peer is tried. More tries could lock the account.
        const bool wasRefused = refusal.has_value();
        if (finish->after == AfterConnectFailure::OnePeerMore) {
            refusal = finish->error;
            isSecondAwaited = true;
        }
        if (wasRefused)
            return {nullptr, *refusal};
    }
}

QString SessionOpener::outageReason() const
{
    return std::ranges::any_of(m_pool->peers(), &mayComeBack)
                   ? textOf("none was usable for OPEN_DEADLINE=%1 s", m_config.openDeadline)
                   : QString();
}

QSqlError SessionOpener::noPeerError(const SessionRequest &request, const OpenRace &race,
                                     const QString &reason,
                                     const std::vector<PeerId> &waitedFor) const
{
    const PoolPolicy policy = m_pool->policy();
    return qproxysql::noPeerError(
            m_pool->name(), m_pool->peers(),
            {.reason = reason,
             .cause = request.cause,
             .causeCode = request.causeCode,
             .waitedFor = waitedFor,
             .late = race.late(),
             .lateReason = textOf("no peer caught up with its cluster within OPEN_DEADLINE=%1 s, "
                                  "for which CAUSAL_READS=off does not wait",
                                  m_config.openDeadline),
             .controlSchema = policy.control == Control::Fleet ? policy.controlSchema : QString()});
}

} // namespace qproxysql
