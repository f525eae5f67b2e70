// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "../integration/scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

#ifdef QPROXYSQL_LONG_TEST
constexpr int Lifetime = 60; // the default
const QString Option;
#else
constexpr int Lifetime = 1;
const QString Option = u";MAX_LIFETIME=1"_s;
#endif
constexpr int Limit = Lifetime * 1000 + 10'000;

} // namespace

/// An application that opens and closes all the time sees what becomes of its account.
class tst_MaxLifetime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        root(u"CREATE TABLE test.t (a INT)"_s);
    }

    void init()
    {
        root(u"CREATE OR REPLACE USER account"_s);
        root(u"GRANT ALL ON test.* TO account"_s);
    }

    void seesThatItWasDropped()
    {
        const auto db = ofAccount(u"POOL=dropped"_s);
        QCOMPARE(answerOf(*db, u"SELECT COUNT(*) FROM t"_s), 0);
        root(u"DROP USER account"_s);
        QTRY_COMPARE_WITH_TIMEOUT(answerOf(*db, u"SELECT COUNT(*) FROM t"_s), -1, Limit);
        QCOMPARE(db->error().nativeErrorCode(), u"1045"_s);
    }

    // Asked by a plain read: after anything else the session logs in again at once.
    void seesWhatItWasGranted()
    {
        const QString visible = u"SELECT COUNT(*) FROM information_schema.SCHEMATA"_s;
        const auto db = ofAccount(u"POOL=granted"_s);
        const int before = answerOf(*db, visible);
        root(u"GRANT SHOW DATABASES ON *.* TO account"_s);
        QCOMPARE(answerOf(*db, visible), before);
        QTRY_VERIFY_WITH_TIMEOUT(answerOf(*db, visible) > before, Limit);
    }

    void aSessionInUseIsLeftAlone()
    {
        ScopedDatabase db(m_servers[0].address(), u"POOL=used"_s + Option);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        const int id = db.serverThreadId();
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < Lifetime * 1200) // its own statements are what may end it
            QCOMPARE(db.serverThreadId(), id);
        db.get().close();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(db.serverThreadId() != id);
    }

private:
    std::unique_ptr<ScopedDatabase> ofAccount(const QString &pool)
    {
        auto db = std::make_unique<ScopedDatabase>(m_servers[0].address(), pool + Option);
        QSqlDatabase handle = db->get();
        handle.setUserName(u"account"_s);
        handle.setPassword({});
        return db;
    }

    /// Opens, asks, closes; -1 when that fails.
    static int answerOf(ScopedDatabase &db, const QString &question)
    {
        const QVariant answer = db.open() ? db.value(question) : QVariant();
        db.get().close();
        return answer.isValid() ? answer.toInt() : -1;
    }

    void root(const QString &sql)
    {
        const Answer answer = m_servers[0].executeAsRoot(sql);
        QVERIFY2(answer, qPrintable(answer.errorString));
    }

    ServerGroup m_servers{1};
};

QTEST_GUILESS_MAIN(tst_MaxLifetime)
#include "tst_maxlifetime.moc"
