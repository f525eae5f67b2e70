// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/replacements.h"

#include "session/logging.h"
#include "session/sessionopener.h"

#include <QtCore/QCoreApplication>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr int WorkersAtMost = 4;
constexpr auto RefusedFor = 10s;

QString reasonOf(const QSqlError &error)
{
    const QString code = error.nativeErrorCode();
    return code.isEmpty() ? error.databaseText() : code + u' ' + error.databaseText();
}

} // namespace

Replacements::Replacements(const Clock &clock, Start start, MarkStalled markStalled)
    : m_clock(clock)
    , m_start(std::move(start))
    , m_markStalled(std::move(markStalled))
    , m_backoff(clock)
{
}

void Replacements::add(Wanted wanted)
{
    const quint64 connection = wanted.record->view().connection;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_underWay.emplace(connection, wanted.to).second)
            return;
        m_queue.push_back(std::move(wanted));
        if (m_workers >= WorkersAtMost)
            return;
        ++m_workers;
    }
    // The job waits for connects, which are jobs too, so it must not use up one of the workers.
    m_markStalled(m_start([this] { work(); }));
}

void Replacements::work()
{
    for (Wanted wanted; take(&wanted);) {
        serve(wanted);
        const quint64 connection = wanted.record->view().connection;
        const std::lock_guard lock(m_mutex);
        m_underWay.erase(connection);
    }
}

bool Replacements::take(Wanted *wanted)
{
    *wanted = {}; // may destroy a record, so not under the mutex
    const std::lock_guard lock(m_mutex);
    if (m_queue.empty()) {
        --m_workers;
        return false;
    }
    *wanted = std::move(m_queue.front());
    m_queue.pop_front();
    return true;
}

void Replacements::serve(const Wanted &wanted)
{
    ConnectionRecord &record = *wanted.record;
    const ConnectionRecord::View view = record.view();
    const bool isStillWanted = view.session == wanted.instead && view.offer.peer == NoPeer;
    PeerPool *const pool = record.pool().get();
    const Logins &logins = record.config().logins;
    if (!isStillWanted || !mayOpen(record) || !m_backoff.begin(pool, logins))
        return;
    SessionRequest request;
    request.avoid = wanted.from;
    request.prefer = wanted.to;
    request.arrival = record.arrival();
    SessionOpener::Opened opened = record.opener().open(std::move(request));
    const QString why = reasonOf(opened.error);
    if (opened.session || opened.areSettingsRefused) // its settings do not concern the others
        m_backoff.succeeded(pool, logins);
    else
        m_backoff.failed(pool, logins, why);
    if (opened.areSettingsRefused)
        noteRefusedSettings(view.connection, why);
    if (!opened.session) {
        qCInfo(lcSession).noquote() << "pool" << pool->name() << "no replacement for a session on"
                                    << pool->peer(wanted.from).address.name() << ':' << why;
        return;
    }
    const PeerId peer = opened.session->peer();
    const bool isGood = peer != wanted.from && (wanted.to == NoPeer || peer == wanted.to)
                        && pool->peer(peer).service == Service::InService;
    if (isGood)
        record.offer(opened.session, wanted.reason, wanted.instead);
    // A session that was not accepted is closed here, on the worker.
}

void Replacements::noteRefusedSettings(quint64 connection, const QString &why)
{
    const Clock::time_point now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_refused, [now](const auto &refused) { return refused.second.until <= now; });
    m_refused[connection] = {now + RefusedFor, why};
}

Expected<void> Replacements::mayOpen(const ConnectionRecord &record) const
{
    {
        const quint64 connection = record.view().connection;
        const std::lock_guard lock(m_mutex);
        const auto refused = m_refused.find(connection);
        if (refused != m_refused.end() && refused->second.until > m_clock.now())
            return Unexpected(refused->second.why);
    }
    return m_backoff.mayTry(record.pool().get(), record.config().logins);
}

void Replacements::withdraw(ConnectionRecord &record)
{
    if (auto session = record.takeOffer().session)
        m_start([dead = std::move(session)]() mutable { dead.reset(); });
}

std::map<quint64, PeerId> Replacements::underWay() const
{
    const std::lock_guard lock(m_mutex);
    return m_underWay;
}

} // namespace qproxysql
