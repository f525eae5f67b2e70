// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moment.h"
#include "site.h"

#include <QtCore/QRandomGenerator>

#include <functional>
#include <vector>

namespace chaos {

enum class FaultKind { Kill, Restart, Freeze, KillSessions, HangUp, FullThreadPool, Isolate };

/// Makes one fault at a time, of each kind equally often and in random order, on a random server, and waits
/// until the site is whole again. One thread.
class Faults
{
public:
    struct Tally
    {
        FaultKind kind;
        int made = 0;
        int inFlight = 0; ///< of those, with statements under way on that server
        int statements = 0;
    };
    /// \a isBusy tells whether statements are under way on a peer.
    Faults(Site *site, Moment *moment, quint32 seed, std::function<bool(const QString &)> isBusy);

    /// False: errorString(); the site could not be mended.
    bool makeOne();
    /// Adds what the last fault struck; call it when its statements have ended.
    void count();

    const std::vector<Tally> &tallies() const { return m_tallies; }
    QString errorString() const { return m_errorString; }
    QString table() const;

private:
    bool make(FaultKind kind, Server &server, int index);
    bool killSessions(Server &server);
    bool hangUp(Server &server, int index);
    bool fillThreadPool(Server &server);
    void strike(Server &server);
    void pause(int fromMilliseconds, int toMilliseconds);
    bool waitUntilWhole();

    Site *const m_site;
    Moment *const m_moment;
    QRandomGenerator m_random;
    const std::function<bool(const QString &)> m_isBusy;
    std::vector<Tally> m_tallies;
    std::vector<size_t> m_round; ///< what is left of the present round, as places in m_tallies
    size_t m_last = 0;
    bool m_isCounted = true;
    QString m_errorString;
};

} // namespace chaos
