// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "fakes.h"
#include "health/supervisor.h"
#include "scripteddriver.h"
#include "session/sessionopener.h"

#include <QtTest/QtTest>

namespace qproxysql::test {

inline ScriptedServers &servers()
{
    return ScriptedServers::instance();
}

// On a busy machine others may be tried beside the one that comes first.
inline void loginsOnlyTo(const QString &host)
{
    for (const QString &other : {u"db1"_s, u"db2"_s, u"db3"_s})
        servers().hold(other);
    servers().release(host);
}

/// A pool of peers db1, db2, ..., tried in their order, and a clock that stands still.
struct ScriptedScene
{
    explicit ScriptedScene(int peers)
    {
        for (int i = 1; i <= peers; ++i)
            hosts.append(u"db%1"_s.arg(i));
        pool = scriptedPool(hosts);
        watch = Supervisor::instance().watch(pool, {});
    }

    PeerId peer(int index) const { return pool->peers().at(index).id; }

    QStringList hosts;
    std::shared_ptr<PeerPool> pool;
    PoolWatch watch;
    ManualClock clock;
};

/// A test on scripted servers. At its end no session is left.
class ScriptedTest : public QObject
{
protected:
    static void begin()
    {
        registerScriptedDriver();
        servers().reset();
    }
    static void end()
    {
        servers().reset();
        QTRY_COMPARE(servers().open(), 0);
    }
};

} // namespace qproxysql::test
