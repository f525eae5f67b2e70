// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// A statement that takes longer than it takes to find out that a server is frozen, on one that is
/// not.
class tst_LongStatement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isLeftAlone()
    {
        ServerGroup servers(2);
        QVERIFY2(servers.start(), qPrintable(servers.errorString()));
        ScopedDatabase db(servers.hostList());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        const QString peer = db.currentPeer();
        QSqlError error;
        QElapsedTimer timer;
        timer.start();
        const QVariant woken = db.value(u"SELECT SLEEP(12)"_s, &error);
        QVERIFY2(woken.isValid(), qPrintable(error.text()));
        QCOMPARE(woken.toInt(), 0);
        QVERIFY(timer.elapsed() >= 12'000);
        QCOMPARE(db.currentPeer(), peer);
    }
};

QTEST_GUILESS_MAIN(tst_LongStatement)
#include "tst_longstatement.moc"
