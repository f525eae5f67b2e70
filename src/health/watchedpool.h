// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/poolmonitor.h"

namespace qproxysql {

/// A pool's PoolHealth as one connection uses it: passes everything on to the pool's monitor, with
/// the login that the connection brought when that has succeeded.
class WatchedPool final : public PoolHealth
{
public:
    /// \a ended runs when the last reference is gone, in whatever thread that happens.
    WatchedPool(std::shared_ptr<PoolMonitor> monitor, const Logins &logins,
                std::function<void()> ended)
        : m_monitor(std::move(monitor))
        , m_logins(std::make_shared<const Logins>(logins))
        , m_ended(std::move(ended))
    {
    }
    ~WatchedPool() override { m_ended(); }
    Q_DISABLE_COPY_MOVE(WatchedPool)

    PeerPool &pool() const override { return m_monitor->pool(); }

    void connectSucceeded(PeerId peer, const ServerFacts &facts) override
    {
        m_monitor->setLogins(m_logins);
        m_monitor->connectSucceeded(peer, facts);
    }

    AfterConnectFailure connectFailed(PeerId peer, const ConnectFailure &failure) override
    {
        return m_monitor->connectFailed(peer, failure);
    }

    ErrorClass statementFailed(PeerId peer, int code, const QString &text,
                               ServerFlavour flavour) override
    {
        return m_monitor->statementFailed(peer, code, text, flavour);
    }

    void answered(PeerId peer, Clock::time_point when) override { m_monitor->answered(peer, when); }

    PeerSilence silence(PeerId peer) const override { return m_monitor->silence(peer); }
    void checkNow(PeerId peer) override { m_monitor->checkNow(peer); }
    bool sweep(const SweepRequest &request) override { return m_monitor->sweep(request); }
    bool awaitWritable(Clock::time_point deadline, std::chrono::milliseconds patience) override
    {
        return m_monitor->awaitWritable(deadline, patience);
    }

private:
    const std::shared_ptr<PoolMonitor> m_monitor;
    const std::shared_ptr<const Logins> m_logins;
    const std::function<void()> m_ended;
};

} // namespace qproxysql
