// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "groupfixture.h"
#include "scopeddatabase.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// A group of which one member takes writes, and what writers find when it is another one.
class tst_GroupPrimary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_fixture.start(); }
    void init() { m_fixture.restore(); }

    void switchOfPrimaries();
    void primaryIsStopped();
    void primaryIsKilled();
    void groupWithoutPrimaryIsToldSo();

private:
    static constexpr auto Longest = 10s;

    GroupFixture m_fixture{GroupReplication::Mode::SinglePrimary};
    GroupReplication &m_group = m_fixture.group;
};

void tst_GroupPrimary::switchOfPrimaries()
{
    const QString options = m_fixture.options();
    Writers writers(6, m_group.hostList(), options);
    WAIT_FOR_WRITES(writers, 100);
    for (int turn = 0; turn < 4; ++turn) {
        const int next = (m_group.primary() + 1) % m_group.count();
        QVERIFY2(m_group.setPrimary(next), qPrintable(m_group.errorString()));
        QCOMPARE(m_group.primary(), next);
        WAIT_FOR_WRITES(writers, 200);
    }
    writers.stop();
    m_fixture.compare(writers, 0, Longest);
}

void tst_GroupPrimary::primaryIsStopped()
{
    const QString options = m_fixture.options();
    Writers writers(6, m_group.hostList(), options);
    WAIT_FOR_WRITES(writers, 100);
    Server &primary = m_group[m_group.primary()];
    QVERIFY2(primary.terminate(), qPrintable(primary.errorString()));
    WAIT_FOR_WRITES(writers, 300);
    writers.stop();
    m_fixture.compare(writers, 6, Longest);
}

void tst_GroupPrimary::primaryIsKilled()
{
    const QString options = m_fixture.options();
    Writers writers(6, m_group.hostList(), options);
    WAIT_FOR_WRITES(writers, 100);
    m_group[m_group.primary()].kill();
    WAIT_FOR_WRITES(writers, 300);
    writers.stop();
    m_fixture.compare(writers, 6, Longest);
}

// Nobody knows whether there will be another one. Who asks first waits, who comes later is told at once.
void tst_GroupPrimary::groupWithoutPrimaryIsToldSo()
{
    Server &primary = m_group[m_group.primary()];
    ScopedDatabase db(primary.address(), m_fixture.options() + u";OPEN_DEADLINE=2"_s);
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QVERIFY(primary.executeAsRoot(u"SET GLOBAL super_read_only = ON"_s));
    QSqlQuery query(db.get());
    const auto timeOfRefusal = [&query] {
        QElapsedTimer timer;
        timer.start();
        const bool isWritten = query.exec(u"INSERT INTO ledger (token) VALUES ('x')"_s);
        return isWritten || query.lastError().nativeErrorCode() != u"1290"_s ? -1 : timer.elapsed();
    };
    const qint64 first = timeOfRefusal();
    const qint64 second = timeOfRefusal();
    qInfo("refused after %lld ms, the second one after %lld ms", first, second);
    QVERIFY(first >= 1'900 && first < 4'000);
    QVERIFY(second >= 0 && second < 1'000);
    QVERIFY(db.value(u"SELECT COUNT(*) FROM ledger"_s).isValid());
    QVERIFY(primary.executeAsRoot(u"SET GLOBAL read_only = OFF"_s));
    QTRY_VERIFY2_WITH_TIMEOUT(query.exec(u"INSERT INTO ledger (token) VALUES ('y')"_s),
                              qPrintable(query.lastError().text()), 10'000);
}

QTEST_GUILESS_MAIN(tst_GroupPrimary)
#include "tst_groupprimary.moc"
