// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "writers.h"

#include "sandbox/groupreplication.h"

#include <QtTest/QtTest>

/// What the tests with a replication group share.
class GroupFixture
{
public:
    explicit GroupFixture(qproxysql::sandbox::GroupReplication::Mode mode)
        : group(mode)
    {
    }

    void start()
    {
        QVERIFY2(group.start(), qPrintable(group.errorString()));
        QVERIFY(group.executeAsRoot(Writers::table()));
    }

    /// All members are ONLINE again, and the ledger is empty.
    void restore()
    {
        for (int i = 0; i < group.count(); ++i) {
            if (group[i].isFrozen())
                QVERIFY(group[i].thaw());
            if (!group[i].isRunning())
                QVERIFY2(group[i].start(), qPrintable(group[i].errorString()));
            if (group.state(i) != QLatin1String("ONLINE")
                && group.state(i) != QLatin1String("RECOVERING"))
                QVERIFY2(group.join(i), qPrintable(group.errorString()));
            QVERIFY(group.waitForState(i, QStringLiteral("ONLINE")));
        }
        QVERIFY(group.executeAsRoot(QStringLiteral("TRUNCATE test.ledger")));
    }

    QString options()
    {
        return QStringLiteral("POOL=group%1;CHECK_INTERVAL=2;MAX_IDLE=0").arg(++m_pool);
    }
    /// All members, that one first: with BALANCE=first it is the one that is used.
    QString hostsFrom(int first)
    {
        QStringList hosts;
        for (int i = 0; i < group.count(); ++i)
            hosts += group[(first + i) % group.count()].address();
        return hosts.join(u',');
    }

    /// 0 failed, no more than so many of unknown fate; what was acknowledged is in every member, once.
    void compare(const Writers &writers, int unknownAtMost, std::chrono::milliseconds longest)
    {
        const Writers::Ledger &ledger = writers.ledger();
        qInfo("%d acknowledged, %d unknown, %d failed, longest call %lld ms",
              int(ledger.acknowledged.size()), int(ledger.unknown.size()),
              int(ledger.failures.size()), (long long) ledger.longestCall.count());
        QVERIFY2(ledger.failures.isEmpty(), qPrintable(ledger.failures.mid(0, 5).join(u'\n')));
        QVERIFY2(ledger.unknown.size() <= unknownAtMost,
                 qPrintable(QString::number(ledger.unknown.size())));
        for (int i = 0; i < group.count(); ++i) {
            if (!group[i].isRunning())
                continue;
            QTRY_VERIFY2_WITH_TIMEOUT(writers.objection(tokensOn(i)).isEmpty(),
                                      qPrintable(QStringLiteral("member %1: %2")
                                                         .arg(i + 1)
                                                         .arg(writers.objection(tokensOn(i)))),
                                      20'000);
        }
        QVERIFY2(ledger.longestCall < longest,
                 qPrintable(QString::number(ledger.longestCall.count())));
    }

    qproxysql::sandbox::GroupReplication group;

private:
    QStringList tokensOn(int member)
    {
        QStringList tokens;
        const QString all = QStringLiteral("SELECT token FROM test.ledger");
        for (const QStringList &row : group[member].executeAsRoot(all).rows)
            tokens += row.value(0);
        return tokens;
    }

    int m_pool = 0;
};

#define WAIT_FOR_WRITES(writers, more) \
    do { \
        const int before = (writers).successes(); \
        QTRY_VERIFY_WITH_TIMEOUT((writers).successes() >= before + (more), 60'000); \
    } while (false)
