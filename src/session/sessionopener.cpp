// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionopener.h"

#include "session/nopeererror.h"
#include "session/openplan.h"
#include "session/openrace.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QScopeGuard>

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

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
    const auto patience = request.cause.isEmpty() ? 0ms : m_config.openDeadline;
    OpenPlan plan(*m_pool, m_clock,
                  {.deadline = m_clock.now()
                               + (request.isImprovement
                                          ? std::min(m_config.openDeadline, PatienceWithImprovement)
                                          : m_config.openDeadline),
                   .patience = patience,
                   .avoid = request.avoid,
                   .prefer = request.prefer,
                   .offeredBy = request.offered ? request.offered->peer() : NoPeer,
                   .isOfferOnly = request.isOfferOnly,
                   .excluded = request.excluded});
    const auto race = std::make_shared<OpenRace>(m_pool, m_watch, m_config, request.arrival,
                                                 m_clock);
    if (request.isFresh)
        race->takeNoneThatWasKept();
    const auto ending = qScopeGuard([&race] { race->abandon(); });

    std::optional<QSqlError> refusal; ///< of a login or the set-up
    for (;;) {
        const OpenPlan::Step step = plan.next(race->underWay(), race->late());
        bool isTurn = false; // an attempt has just been started
        switch (step.what) {
        case OpenPlan::Do::TryOffered:
            race->startWith(std::move(request.offered));
            isTurn = true;
            break;
        case OpenPlan::Do::Try:
            race->start(step.peer);
            isTurn = true;
            break;
        case OpenPlan::Do::Wait:
            break;
        case OpenPlan::Do::Pause:
            race->wait(plan.turnEnds());
            continue;
        case OpenPlan::Do::Sweep:
            if (plan.swept(m_watch->sweep(plan.sweepRequest())))
                continue;
            [[fallthrough]];
        case OpenPlan::Do::GiveUp:
            if (request.isOfferOnly)
                return {};
            return {nullptr,
                    noPeerError(request, *race, patience > 0ms ? outageReason() : QString())};
        case OpenPlan::Do::Refuse:
            return {nullptr, *refusal};
        }

        std::optional<OpenRace::Finish> finish = race->wait(plan.turnEnds());
        if (!finish) {
            if (plan.isOver())
                return {nullptr, noPeerError(request, *race,
                                             textOf("no peer answered within OPEN_DEADLINE=%1 s",
                                                    m_config.openDeadline),
                                             plan.tried())};
            race->giveUpLate();
            if (isTurn)
                race->giveUpRenewals();
            if (plan.letsOthersRun())
                race->markStalled();
            continue;
        }
        if (finish->session && isUnwanted(*finish->session)) {
            *spare = std::move(finish->session);
            continue;
        }
        if (finish->session)
            return {std::move(finish->session), {}, false};
        const bool isResult = plan.failed(finish->after);
        if (finish->after == AfterConnectFailure::Stop)
            return {nullptr, finish->error, finish->areSettingsRefused};
        if (finish->after == AfterConnectFailure::OnePeerMore)
            refusal = finish->error;
        if (isResult)
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
