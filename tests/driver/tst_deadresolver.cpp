// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/deadresolver.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtTest/QTest>

#include <netdb.h>
#include <thread>

using namespace qproxysql::sandbox;

/// The name that never resolves does so for everybody in the process, also for a plugin's client library.
class tst_DeadResolver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void otherNamesResolve();
    void blocksTheClientLibrary();
};

void tst_DeadResolver::otherNamesResolve()
{
    const DeadResolver resolver("dead.example");
    addrinfo *result = nullptr;
    // An address: not every machine has a hosts file or a resolver.
    QCOMPARE(::getaddrinfo("127.0.0.1", nullptr, nullptr, &result), 0);
    ::freeaddrinfo(result);
    QCOMPARE(resolver.calls(), 0);
}

void tst_DeadResolver::blocksTheClientLibrary()
{
    std::atomic<bool> ended = false;
    std::thread opener;
    {
        const DeadResolver resolver("dead.example");
        opener = std::thread([&ended] {
            const QString name = QStringLiteral("dead");
            {
                QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QMYSQL"), name);
                db.setHostName(QStringLiteral("dead.example"));
                db.open();
            }
            QSqlDatabase::removeDatabase(name);
            ended = true;
        });
        QTRY_COMPARE(resolver.waiting(), 1);
        QVERIFY(!ended);
        QCOMPARE(resolver.calls(), 1);
    }
    QTRY_VERIFY(ended);
    opener.join();
}

QTEST_GUILESS_MAIN(tst_DeadResolver)
#include "tst_deadresolver.moc"
