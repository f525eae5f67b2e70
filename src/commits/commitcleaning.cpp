// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/commitcleaning.h"

#include "commits/logging.h"
#include "inner/processlifetime.h"
#include "moves/connectionroster.h"

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto StallTime = 250ms;
constexpr auto PauseWithMoreLeft = 1min;
constexpr int MostAttempts = 3;
constexpr auto ReadTimeout = "MYSQL_OPT_READ_TIMEOUT=10"_L1; ///< a server that takes longer is frozen

CommitCleaning::Pace &chosenPace()
{
    static CommitCleaning::Pace pace;
    return pace;
}

} // namespace

void CommitCleaning::setPace(const Pace &pace)
{
    chosenPace() = pace;
}

void CommitCleaning::install()
{
    static auto *cleaning = new CommitCleaning(chosenPace());
    Q_UNUSED(cleaning);
}

CommitCleaning::CommitCleaning(const Pace &pace)
    : m_pace(pace)
    , m_chore([this] { return advance(); })
{
    ProcessLifetime::onApplicationEnd([this] { close(); });
}

bool CommitCleaning::Running::isWelcome() const
{
    const PeerSnapshot shown = pool->peer(peer);
    return shown.service == Service::InService && !shown.isRetired;
}

/// One connection with EXACTLY_ONCE of each pool.
std::vector<CommitCleaning::Record> CommitCleaning::users()
{
    std::vector<Record> users;
    for (const Record &record : ConnectionRoster::instance().records()) {
        if (record->config().exactlyOnce != ExactlyOnce::Off
            && std::ranges::none_of(users, [&record](const Record &other) {
                   return other->pool() == record->pool();
               }))
            users.push_back(record);
    }
    return users;
}

Clock::time_point CommitCleaning::advance()
{
    const std::vector<Record> users = CommitCleaning::users();
    const Clock::time_point now = Clock::steady().now();
    const std::lock_guard lock(m_mutex);
    if (hasEnded())
        return Clock::time_point::max();
    if (m_ticket) {
        if (!m_isStalled && now >= m_started + StallTime) {
            m_isStalled = true;
            Workers::instance().markStalled(m_ticket);
        }
        return m_isStalled ? Clock::time_point::max() : m_started + StallTime;
    }
    if (users.empty() && !m_running.turn) {
        m_due = Clock::time_point::max();
        return m_due;
    }
    if (m_due == Clock::time_point::max())
        m_due = now + std::chrono::milliseconds(m_random.bounded(quint32(m_pace.between.count())));
    if (m_due > now)
        return m_due;
    start(users);
    return m_started + StallTime;
}

// With the mutex held. The job locks it first, so it begins after m_ticket is set.
void CommitCleaning::start(const std::vector<Record> &users)
{
    m_started = Clock::steady().now();
    m_isStalled = false;
    const Record user = users.empty() ? nullptr : users[m_random.bounded(quint32(users.size()))];
    m_ticket = Workers::instance().start([this, user] { run(user); });
}

/// Without a turn: no peer that takes writes could be reached.
CommitCleaning::Running CommitCleaning::beginTurn(const ConnectionRecord &user)
{
    PeerPool &pool = *user.pool();
    const PoolPolicy policy = pool.policy();
    std::vector<PeerId> tried;
    for (int attempt = 0; attempt < MostAttempts; ++attempt) {
        const PeerId peer = pool.choose(tried);
        if (peer == NoPeer)
            break;
        tried.push_back(peer);
        FullConnectRequest request;
        request.peer = pool.peer(peer).address;
        request.login = user.config().logins.of(request.peer);
        request.login.options += request.login.options.isEmpty() ? QString(ReadTimeout)
                                                                 : u';' + ReadTimeout;
        request.driver = policy.peerDriver;
        request.connectTimeout = policy.connectTimeout;
        request.initSql = CleaningTurn::sessionSql();
        FullConnectResult result = fullConnect(request);
        if (result.isOk() && !result.facts.isReadOnly())
            return {std::make_unique<CleaningTurn>(std::move(result.connection),
                                                   CommitTable(policy.controlSchema)),
                    user.pool(), peer};
        if (result.failure.errorClass == ErrorClass::Login)
            break; // the other peers would refuse it, too
    }
    return {};
}

/// \a user: nullptr when the last connection with EXACTLY_ONCE has closed.
void CommitCleaning::run(const Record &user)
{
    Running running;
    {
        const std::lock_guard lock(m_mutex);
        running = std::move(m_running);
    }
    if (!running.turn && user)
        running = beginTurn(*user);
    const Clock::time_point began = Clock::steady().now();
    const bool goesOn = running.turn && user && running.isWelcome() && running.turn->step();
    const Clock::time_point now = Clock::steady().now();
    if (goesOn) {
        running.turn->giveAway();
        finish(std::move(running),
               now + std::max<Clock::time_point::duration>(m_pace.pause, now - began));
        return;
    }
    const bool isMoreLeft = running.turn && running.turn->isTimeOver();
    if (running.turn) {
        running.turn->end();
        if (running.turn->removed() > 0)
            qCInfo(lcCommits, "Removed %lld tokens of COMMITs that are more than %lld days old",
                   (long long) running.turn->removed(),
                   (long long) CleaningTurn::KeptFor.count() / 24);
    }
    running = {};
    finish({}, nextTurn(isMoreLeft));
}

Clock::time_point CommitCleaning::nextTurn(bool isMoreLeft)
{
    const auto between = isMoreLeft ? std::min<std::chrono::milliseconds>(PauseWithMoreLeft,
                                                                          m_pace.between)
                                    : m_pace.between;
    const std::lock_guard lock(m_mutex);
    return Clock::steady().now() + between / 2
           + std::chrono::milliseconds(m_random.bounded(quint32(between.count())));
}

void CommitCleaning::finish(Running running, Clock::time_point due)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!hasEnded())
            std::swap(m_running, running);
        m_ticket.reset();
        m_due = due;
    }
    running = {};
    m_chore.wake();
}

bool CommitCleaning::hasEnded() const
{
    return m_ended && m_ended == QCoreApplication::instance();
}

void CommitCleaning::close()
{
    Running running;
    const std::lock_guard lock(m_mutex);
    m_ended = QCoreApplication::instance();
    std::swap(m_running, running);
    m_due = Clock::time_point::max();
}

} // namespace qproxysql
