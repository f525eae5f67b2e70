// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/connection.h"
#include "moves/connectionroster.h"
#include "sandbox/servergroup.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtTest/QtTest>

#include <random>
#include <set>
#include <thread>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

/// A connection of the core, without the plugin, so that its record is within reach.
class CoreConnection
{
public:
    explicit CoreConnection(const Server &server)
        : m_connection(&m_parent, {})
        , m_isOpen(m_connection.open(
                  {u"test"_s, u"app"_s, u"secret"_s, server.address(), -1, u"MAX_IDLE=0"_s}))
    {
    }

    bool isOpen() const { return m_isOpen; }
    Connection &get() { return m_connection; }
    static std::shared_ptr<ConnectionRecord> record()
    {
        const auto records = ConnectionRoster::instance().records();
        return records.empty() ? nullptr : records.front();
    }

    bool exec(const QString &sql, QSqlError *error)
    {
        return m_connection.run(
                {Touch::Kind::Text, sql},
                [&sql](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                    QSqlQuery query(session->driver()->createResult());
                    if (query.exec(sql))
                        return true;
                    failure->error = query.lastError();
                    return false;
                },
                error);
    }

private:
    QObject m_parent;
    Connection m_connection;
    const bool m_isOpen;
};

} // namespace

/// An idle session that is cut while its owner is about to use it.
class tst_ConnectionCuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_servers.executeEverywhere(
                u"CREATE TABLE test.written (id INT AUTO_INCREMENT PRIMARY KEY)"_s));
    }

    void rightAfterAStatement()
    {
        CoreConnection connection(m_servers[0]);
        QVERIFY(connection.isOpen());
        QSqlError error;
        for (int i = 0; i < 50; ++i) {
            QVERIFY2(connection.exec(u"INSERT INTO written VALUES ()"_s, &error),
                     qPrintable(error.text()));
            SessionLine &line = *connection.get().session()->line();
            QVERIFY(line.cutIfIdle(line.claimCount()));
        }
    }

    void whileStatementsBegin()
    {
        CoreConnection connection(m_servers[0]);
        QVERIFY(connection.isOpen());
        const int before = rows();
        std::atomic<bool> isOver{false};
        std::atomic<int> cuts{0};
        std::thread cutter([&, record = CoreConnection::record()] {
            std::minstd_rand random(1);
            while (!isOver) {
                const auto line = record->view().line;
                const quint64 seen = line ? line->claimCount() : 1;
                const ConnectionRecord::View view = record->view();
                if (view.line == line && view.isMovable && line && line->cutIfIdle(seen))
                    ++cuts;
                std::this_thread::sleep_for(std::chrono::microseconds(random() % 300));
            }
        });
        QSqlError error;
        bool isOk = true;
        int written = 0;
        // On a busy machine the cutter is seldom there between two statements.
        QElapsedTimer timer;
        timer.start();
        while (isOk && cuts < (timer.elapsed() < 5000 ? 150 : 10)) {
            isOk = connection.exec(u"INSERT INTO written VALUES ()"_s, &error);
            written += isOk ? 1 : 0;
        }
        isOver = true;
        cutter.join();
        QVERIFY2(isOk, qPrintable(error.text()));
        QCOMPARE(rows() - before, written);
    }

    void whatASessionHoldsIsKnownOnceItIsIdle()
    {
        CoreConnection connection(m_servers[0]);
        QVERIFY(connection.isOpen());
        const std::shared_ptr<SessionLine> line = connection.get().session()->line();
        std::atomic<bool> isOver{false};
        std::set<quint64> seenMovable; // claim counts
        std::atomic<int> seen{0};
        std::thread observer([&, record = CoreConnection::record()] {
            while (!isOver) {
                const quint64 count = line->claimCount();
                const ConnectionRecord::View view = record->view();
                if (count % 2 == 0 && view.isMovable && line->claimCount() == count)
                    seen += seenMovable.insert(count).second ? 1 : 0;
            }
        });
        std::vector<quint64> pinned;
        QSqlError error;
        bool isOk = true;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; isOk && (seen <= 10 || (i < 3000 && timer.elapsed() < 10'000)); ++i) {
            isOk = connection.exec(u"BEGIN"_s, &error);
            pinned.push_back(line->claimCount());
            isOk = isOk && connection.exec(u"ROLLBACK"_s, &error);
            if (i % 10
                == 0) // else an observer on a busy machine may never see it between two statements
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        isOver = true;
        observer.join();
        QVERIFY2(isOk, qPrintable(error.text()));
        for (const quint64 count : pinned)
            QVERIFY2(!seenMovable.contains(count), "in a transaction, and said to be movable");
    }

    void applicationIsToldWhy_data()
    {
        QTest::addColumn<bool>("isInFlight");
        QTest::addColumn<CutReason>("reason");
        QTest::addColumn<QString>("says");
        const QString minority = u"the peer sees no majority of its group"_s;
        QTest::newRow("silent") << true << CutReason::Silent << u"had stopped answering"_s;
        QTest::newRow("no majority") << true << CutReason::Minority << minority;
        QTest::newRow("path") << true << CutReason::DeadPath << u"sent was acknowledged"_s;
        QTest::newRow("idle, silent") << false << CutReason::Silent << u"the peer is down"_s;
        QTest::newRow("idle, no majority") << false << CutReason::Minority << minority;
        QTest::newRow("idle, apart")
                << false << CutReason::Apart << u"the peer is no member of its group"_s;
    }

    void applicationIsToldWhy()
    {
        QFETCH(bool, isInFlight);
        QFETCH(CutReason, reason);
        QFETCH(QString, says);
        QVERIFY(m_servers[0].killSessions()); // the slow statement of the row before may still run
        CoreConnection connection(m_servers[0]);
        QVERIFY(connection.isOpen());
        QSqlError error;
        QVERIFY(connection.exec(u"BEGIN"_s, &error));
        const std::shared_ptr<SessionLine> line = connection.get().session()->line();
        std::thread cutter;
        if (isInFlight) {
            cutter = std::thread([this, line, reason] {
                while (!isSlowOneSeen())
                    std::this_thread::yield();
                line->cut(reason);
            });
        } else {
            QVERIFY(line->cutIfIdle(line->claimCount(), reason));
        }
        const QString slow = u"INSERT INTO written SELECT NULL FROM (SELECT SLEEP(30)) AS nap"_s;
        const bool isOk = connection.exec(slow, &error);
        if (isInFlight)
            cutter.join();
        QVERIFY(!isOk);
        QVERIFY2(error.text().contains(u"Transaction lost"_s) && error.text().contains(says),
                 qPrintable(error.text()));
    }

private:
    bool isSlowOneSeen()
    {
        const QList<ProcessListEntry> all = m_servers[0].processList(u"app"_s);
        return std::ranges::any_of(all, [](const ProcessListEntry &entry) {
            return entry.statement.contains(u"SLEEP("_s);
        });
    }
    int rows()
    {
        return m_servers[0].executeAsRoot(u"SELECT COUNT(*) FROM test.written"_s).value().toInt();
    }

    ServerGroup m_servers{1};
};

QTEST_GUILESS_MAIN(tst_ConnectionCuts)
#include "tst_connectioncuts.moc"
