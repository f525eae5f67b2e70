// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/fleetreader.h"

#include "drain/directorylocation.h"
#include "drain/fleetmemory.h"
#include "drain/logging.h"
#include "health/supervisor.h"

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr std::chrono::milliseconds ShortestInterval = 4500ms;
constexpr int IntervalJitter = 500; ///< ms, added to the interval
/// While only drained peers are left, each reading costs a connect. An open() starts it earlier.
constexpr auto DrainedInterval = 60s;
constexpr auto RefusedInterval = 60s;
constexpr auto StallTime = 250ms;
constexpr auto Linger = 10s; ///< most applications that close a connection open one soon
constexpr int MostLost = 2;

QString tableText(const PeerPool &pool, const QString &schema)
{
    return u"pool %1: the fleet's drain table %2"_s.arg(pool.name(),
                                                        ControlSchema(schema).drainTable());
}

} // namespace

std::chrono::milliseconds FleetReader::interval(RandomSource &random)
{
    return ShortestInterval + std::chrono::milliseconds(random.bounded(IntervalJitter + 1));
}

FleetReader::FleetReader(std::shared_ptr<PeerPool> pool, const QString &schema,
                         std::function<void()> news, std::function<void()> wake)
    : m_pool(std::move(pool))
    , m_schema(schema)
    , m_news(std::move(news))
    , m_wake(std::move(wake))
    , m_knowledge(tableText(*m_pool, schema))
{
}

bool FleetReader::remember()
{
    bool isNew = false;
    std::call_once(m_isRemembered, [&] {
        const FleetMemory memory(DirectoryLocation::folder().valueOr({}), m_schema, m_pool->name());
        const FleetMemory::Reading reading = memory.read();
        if (reading.refusal)
            qCWarning(lcControl, "%s", qUtf8Printable(reading.refusal->text));
        isNew = m_knowledge.remember(reading.entries, m_pool->name());
    });
    return isNew;
}

void FleetReader::offerLogins(const Logins &logins)
{
    {
        const std::lock_guard lock(m_mutex);
        m_lastUse = Clock::steady().now();
        if (m_session)
            return;
        m_offered = std::make_shared<const Logins>(logins);
        m_due = std::min(m_due, std::max(m_lastUse, m_started + ShortestInterval));
    }
    m_wake();
}

Clock::time_point FleetReader::advance(bool isUsed)
{
    const Clock::time_point now = Clock::steady().now();
    const std::lock_guard lock(m_mutex);
    if (isUsed)
        m_lastUse = now;
    if (hasEnded())
        return Clock::time_point::max();
    if (m_ticket) {
        if (!m_isStalled && now >= m_started + StallTime) {
            m_isStalled = true;
            Workers::instance().markStalled(m_ticket);
        }
        return m_isStalled ? Clock::time_point::max() : m_started + StallTime;
    }
    if (now >= m_lastUse + Linger) {
        m_offered.reset();
        if (m_session)
            start(Task::Close);
        return Clock::time_point::max();
    }
    const bool mustLeave = m_session && !isWelcome(m_session->peer());
    if (m_due <= now || mustLeave) {
        start(Task::Read);
        return m_started + StallTime;
    }
    return std::min(m_due, m_lastUse + Linger);
}

// With the mutex held. The job locks it first, so it begins after m_ticket is set.
void FleetReader::start(Task task)
{
    m_started = Clock::steady().now();
    m_isStalled = false;
    m_ticket = Workers::instance().start([self = shared_from_this(), task] { self->run(task); });
}

void FleetReader::run(Task task)
{
    Session session;
    std::shared_ptr<const Logins> logins = Supervisor::instance().loginsOf(*m_pool);
    {
        const std::lock_guard lock(m_mutex);
        session = std::move(m_session);
        if (!logins)
            logins = m_offered;
        m_offered.reset();
    }
    if (session)
        session->take();
    if (task == Task::Close || (session && !isWelcome(session->peer())))
        session.reset();
    Outcome outcome = Outcome::Failed;
    if (task == Task::Read) {
        remember();
        outcome = read(logins.get(), &session);
    }
    // The requests that were just read may drain the session's own server.
    if (session && !isWelcome(session->peer()))
        session.reset();
    finish(std::move(session), outcome);
}

FleetReader::Outcome FleetReader::read(const Logins *logins, Session *session)
{
    const quint64 began = m_knowledge.begin();
    std::vector<PeerId> tried;
    for (int attempt = 0; attempt < MostLost; ++attempt) {
        if (!*session && !logins)
            return Outcome::Failed; // without logins only a kept session can be used
        if (!*session) {
            auto opened = FleetSession::open(*m_pool, *logins, &tried);
            if (!opened) {
                const auto [text, isLoginRefused] = opened.error();
                noteProblem(isLoginRefused ? Problem::Login : Problem::Unreachable, text, began);
                return isLoginRefused ? Outcome::LoginRefused : Outcome::Failed;
            }
            *session = *std::move(opened);
        }
        publish(**session);
        const DrainTable::Reading reading = DrainTable(ControlSchema(m_schema))
                                                    .read(*(*session)->take());
        if (reading.state != DrainTable::Reading::Lost)
            return take(reading, began);
        tried.push_back((*session)->peer());
        session->reset();
    }
    noteProblem(Problem::Unreachable, u"the sessions to its servers were lost"_s, began);
    return Outcome::Failed;
}

FleetReader::Outcome FleetReader::take(const DrainTable::Reading &reading, quint64 began)
{
    using Reading = DrainTable::Reading;
    const QString server = u"%1 %2"_s.arg(reading.code).arg(reading.error);
    switch (reading.state) {
    case Reading::Good:
        break;
    case Reading::Missing:
        noteProblem(Problem::Missing, server + u"; \"qproxysql-ctl init\" makes it"_s, began);
        return Outcome::Read;
    case Reading::NoRights:
        noteProblem(Problem::NoRights,
                    server + u"; \"qproxysql-ctl init --print\" has the grants"_s, began);
        return Outcome::Read;
    case Reading::Failed:
    case Reading::Lost:
        noteProblem(Problem::Failed, server, began);
        return Outcome::Read;
    }
    m_problem = Problem::None;
    QList<DrainRequest> givenUp;
    const bool isNew = m_knowledge.take(reading.entries, reading.leftOut,
                                        tableText(*m_pool, m_schema), began, &givenUp);
    if (isNew && m_news)
        m_news();
    // The first reading writes in any case: the file may have been deleted.
    if (isNew || !m_hasRead) {
        const FleetMemory memory(DirectoryLocation::folder().valueOr({}), m_schema, m_pool->name());
        if (const auto refusal = memory.add(m_knowledge.requests()->all(), givenUp))
            qCInfo(lcControl, "%s. The fleet's requests are obeyed, but not kept on disk",
                   qUtf8Printable(refusal->text));
    }
    m_hasRead = true;
    return Outcome::Read;
}

// Each kind of problem is logged once: the server in the text changes with each session.
void FleetReader::noteProblem(Problem problem, const QString &text, quint64 began)
{
    if (m_problem != problem) {
        m_problem = problem;
        m_problemText = u"%1 cannot be read: %2. Known requests stay in force"_s
                                .arg(tableText(*m_pool, m_schema), text);
    }
    m_knowledge.noteProblem(m_problemText, began);
}

bool FleetReader::isWelcome(PeerId peer) const
{
    const PeerSnapshot shown = m_pool->peer(peer);
    return shown.service == Service::InService && !shown.isRetired;
}

void FleetReader::publish(const FleetSession &session)
{
    const std::lock_guard lock(m_mutex);
    m_kept = {m_pool.get(), session.peer(), session.connectionId()};
}

void FleetReader::finish(Session session, Outcome outcome)
{
    const bool areAllDrained = outcome == Outcome::Read && !session && !m_pool->hasSelectable();
    {
        const std::lock_guard lock(m_mutex);
        if (session && !hasEnded()) {
            session->giveAway();
            m_session = std::move(session);
        }
        m_kept = m_session ? m_kept : Kept();
        m_ticket.reset();
        m_due = Clock::steady().now()
                + (outcome == Outcome::LoginRefused ? RefusedInterval
                   : areAllDrained                  ? DrainedInterval
                                                    : interval(RandomSource::system()));
    }
    session.reset();
    m_wake();
}

bool FleetReader::hasEnded() const
{
    return m_ended && m_ended == QCoreApplication::instance();
}

void FleetReader::close()
{
    Session session;
    {
        const std::lock_guard lock(m_mutex);
        m_ended = QCoreApplication::instance();
        session = std::move(m_session);
        m_kept = {};
        m_offered.reset();
    }
}

FleetReader::Kept FleetReader::kept() const
{
    const std::lock_guard lock(m_mutex);
    return m_kept;
}

} // namespace qproxysql
