// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/replacements.h"

#include "session/logging.h"
#include "session/sessionopener.h"

#include <QtCore/QCoreApplication>

namespace qproxysql {

namespace {

constexpr int WorkersAtMost = 4;

QString reasonOf(const QSqlError &error)
{
    const QString code = error.nativeErrorCode();
    return code.isEmpty() ? error.databaseText() : code + u' ' + error.databaseText();
}

} // namespace

Replacements::Replacements(const Clock &clock, Start start, MarkStalled markStalled)
    : m_start(std::move(start))
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
    // It waits for connects that are jobs themselves: it must not take a place that they need.
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
    *wanted = {}; // a record may die here, not under the mutex
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
    const auto isStillWanted = [&] {
        const ConnectionRecord::View view = record.view();
        return view.session == wanted.instead && view.offered == NoPeer;
    };
    const Logins &logins = record.config().logins;
    if (!isStillWanted() || !m_backoff.mayTry(record.pool().get(), logins))
        return;
    OpenWish wish;
    wish.avoid = wanted.from;
    wish.prefer = wanted.to;
    SessionOpener::Opened opened = record.opener().open(std::move(wish));
    if (!opened.session) {
        const QString why = reasonOf(opened.error);
        m_backoff.failed(record.pool().get(), logins, why);
        qCInfo(lcSession).noquote()
                << "pool" << record.pool()->name() << "no replacement for a session on"
                << record.pool()->peer(wanted.from).address.name() << ':' << why;
        return;
    }
    m_backoff.succeeded(record.pool().get(), logins);
    const PeerId peer = opened.session->peer();
    const bool isGood = peer != wanted.from && (wanted.to == NoPeer || peer == wanted.to)
                        && record.pool()->peer(peer).service == Service::InService;
    if (isGood)
        record.offer(opened.session, wanted.reason, wanted.instead);
    // What was not accepted is closed here, on the worker.
}

void Replacements::withdraw(ConnectionRecord &record)
{
    if (auto session = record.withdrawOffer())
        m_start([dead = std::move(session)]() mutable { dead.reset(); });
}

std::map<quint64, PeerId> Replacements::underWay() const
{
    const std::lock_guard lock(m_mutex);
    return m_underWay;
}

bool Replacements::isWaiting(const ConnectionRecord &record, QString *why) const
{
    return m_backoff.isWaiting(record.pool().get(), record.config().logins, why);
}

} // namespace qproxysql
