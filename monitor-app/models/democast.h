// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

/// Names and timing of the demo.
namespace qproxysql::democast {

constexpr double Step = 0.25;        ///< s of the demo's time
constexpr double LongestGap = 600;   ///< s; a longer pause is not simulated in full
constexpr double NoticeTime = 1;     ///< s until applications know of a drain
constexpr double HoldTime = 22;      ///< s for which a transaction stays on a drained server
constexpr double UsualAge = 700;     ///< s that this transaction was open before
constexpr double RunTime = 8;        ///< s until a server is stopped after it became safe to stop
constexpr double RebootTime = 18;    ///< s that it is then away
constexpr double CheckInterval = 12; ///< s between rechecks
constexpr quint64 BackupId = 90'001;

struct DemoApplication
{
    const char *name;
    const char *host;
    int pid;
    int sessions;
};
constexpr DemoApplication Applications[] = {{"billing-worker", "app3", 8112, 12},
                                            {"orders-web", "app1", 2201, 40},
                                            {"orders-web", "app2", 2207, 40},
                                            {"reporting", "app4", 990, 12}};
constexpr const char *Hosts[] = {"db1", "db2", "db3", "db4", "db5", "db10"};
enum Role : qsizetype { Backed, Drained, Failing, Lame, Steady, Hidden };

} // namespace qproxysql::democast
