// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// A pool file is edited while the application works.
class tst_PoolFileReload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString())); }

    void editedPeersAreUsedAndTransactionsGoOn()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"pools.ini"_s);
        write(file, u"[orders]\npeers=%1\n"_s.arg(m_servers[0].address()));
        const QString options = u"POOL_FILE=%1;POOL=orders"_s.arg(file);

        ScopedDatabase db(QString(), options);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(db.currentPeer(), m_servers[0].address());
        QVERIFY(db.get().transaction());
        QVERIFY(db.value(u"SELECT 1"_s).isValid());

        write(file, u"[orders]\npeers=%1\n"_s.arg(m_servers[1].address()));
        QTRY_VERIFY_WITH_TIMEOUT(!db.peer(m_servers[1].address()).isEmpty(), 15'000);
        QVERIFY2(db.value(u"SELECT 1"_s).isValid(), "the transaction goes on where it is");
        QCOMPARE(db.currentPeer(), m_servers[0].address());
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));

        for (int i = 0; i < 5; ++i) {
            ScopedDatabase next(QString(), options);
            QVERIFY2(next.open(), qPrintable(next.error().text()));
            QCOMPARE(next.currentPeer(), m_servers[1].address());
        }

        write(file, u"[orders\npeers==\n"_s);
        ScopedDatabase good(m_servers[1].address(), u"POOL=other"_s);
        QVERIFY2(good.open(), qPrintable(good.error().text()));
        QVERIFY2(db.value(u"SELECT 1"_s).isValid(), "a broken file keeps the last good version");
    }

    void fileThatCannotBeReadFailsTheOpenWithItsName()
    {
        ScopedDatabase db(QString(), u"POOL_FILE=/no/such/file.ini;POOL=orders"_s);
        QVERIFY(!db.open());
        QVERIFY2(db.error().databaseText().contains(u"/no/such/file.ini"_s),
                 qPrintable(db.error().databaseText()));
    }

private:
    static void write(const QString &name, const QString &text)
    {
        QSaveFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
        QVERIFY(file.commit());
    }

    ServerGroup m_servers{2};
};

QTEST_GUILESS_MAIN(tst_PoolFileReload)
#include "tst_poolfilereload.moc"
