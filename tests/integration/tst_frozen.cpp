// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Threads without an event loop, each with a connection of its own, that run a statement when told
/// to (idle ones) or all the time (busy ones).
class Users
{
public:
    enum class Kind { Busy, Idle };

    Users(Kind kind, QString hosts, QString options, int count, QString statement = u"SELECT 1"_s)
        : m_kind(kind)
        , m_hosts(std::move(hosts))
        , m_options(std::move(options))
        , m_statement(std::move(statement))
        , m_count(count)
    {
        for (int i = 0; i < count; ++i)
            m_threads.emplace_back([this, i] { work(i); });
    }
    ~Users() { stop(); }
    Q_DISABLE_COPY_MOVE(Users)

    void stop()
    {
        m_isOver = true;
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }

    /// Idle ones: a read and a write by each, from now on; longestMs() is of these.
    void use()
    {
        m_longestMs = 0;
        m_isUsed = true;
    }

    int done() const { return m_done; }
    int ready() const { return m_ready; }
    int failures() const { return m_failures; }
    int on(const QString &peer) const
    {
        const std::scoped_lock lock(m_mutex);
        return int(m_peers.values().count(peer));
    }
    qint64 longestMs() const { return m_longestMs; }
    QString firstFailure() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_firstFailure;
    }

private:
    void work(int number)
    {
        ScopedDatabase db(m_hosts, m_options);
        if (!timed([&] { return db.open(); })) {
            fail(db.error());
            return;
        }
        notePeer(number, db);
        ++m_ready;
        while (m_ready < int(m_count) && !m_isOver)
            std::this_thread::sleep_for(1ms);
        if (m_kind == Kind::Busy) {
            while (!m_isOver && execute(db, m_statement)) {
                notePeer(number, db);
                std::this_thread::sleep_for(1ms);
            }
            return;
        }
        while (!m_isUsed && !m_isOver)
            std::this_thread::sleep_for(5ms);
        if (m_isUsed && execute(db, u"SELECT 1"_s)
            && execute(db, u"INSERT INTO ledger VALUES (%1)"_s.arg(number)))
            notePeer(number, db);
    }

    bool execute(const ScopedDatabase &db, const QString &sql)
    {
        QSqlQuery query(db.get());
        if (!timed([&] { return query.exec(sql); })) {
            fail(query.lastError());
            return false;
        }
        ++m_done;
        return true;
    }

    template<typename Call>
    bool timed(const Call &call)
    {
        QElapsedTimer timer;
        timer.start();
        const bool isOk = call();
        qint64 longest = m_longestMs;
        while (timer.elapsed() > longest
               && !m_longestMs.compare_exchange_weak(longest, timer.elapsed())) {
        }
        return isOk;
    }

    void notePeer(int number, const ScopedDatabase &db)
    {
        const QString peer = db.currentPeer();
        const std::scoped_lock lock(m_mutex);
        m_peers[number] = peer;
    }

    void fail(const QSqlError &error)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_failures++ == 0)
            m_firstFailure = error.nativeErrorCode() + u' ' + error.text();
    }

    const Kind m_kind;
    const QString m_hosts;
    const QString m_options;
    const QString m_statement;
    const int m_count; ///< none begins before all are open
    std::atomic<bool> m_isOver{false};
    std::atomic<bool> m_isUsed{false};
    std::atomic<int> m_done{0};
    std::atomic<int> m_ready{0};
    std::atomic<int> m_failures{0};
    std::atomic<qint64> m_longestMs{0};
    mutable std::mutex m_mutex;
    QMap<int, QString> m_peers;
    QString m_firstFailure;
    std::vector<std::thread> m_threads;
};

/// Log lines of the driver that contain a text, while it lives.
class Loud
{
public:
    explicit Loud(const char *text)
    {
        wanted = text;
        count = 0;
        previous = qInstallMessageHandler(&Loud::note);
    }
    ~Loud() { qInstallMessageHandler(previous); }
    Q_DISABLE_COPY_MOVE(Loud)

    int times() const { return count; }

private:
    static void note(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        if (type == QtWarningMsg && text.contains(QLatin1String(wanted)))
            ++count;
        previous(type, context, text);
    }

    static inline const char *wanted = nullptr;
    static inline std::atomic<int> count{0};
    static inline QtMessageHandler previous = nullptr;
};

const char NobodyAnswers[] = "no peer answers any more";

} // namespace

/// No statement waits for ever on a server that has stopped to answer, and none is ended on one that
/// is only busy.
class tst_Frozen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(u"CREATE TABLE test.ledger (token INT)"_s),
                 qPrintable(m_servers.errorString()));
    }

    void init()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_servers.executeEverywhere(u"DELETE FROM test.ledger"_s));
    }

    void cleanup()
    {
        for (int i = 0; i < m_servers.count(); ++i)
            m_servers[i].thaw();
    }

    void frozenPeerUnderReaders()
    {
        Users readers(Users::Kind::Busy, m_servers.hostList(), {}, 6);
        Users idle(Users::Kind::Idle, m_servers.hostList(), {}, 20);
        QTRY_COMPARE_WITH_TIMEOUT(readers.ready() + idle.ready(), 26, 30'000);
        const QString frozen = fullest(readers);
        QTRY_VERIFY(idle.on(frozen) > 0);
        QTRY_VERIFY_WITH_TIMEOUT(readers.done() > 200, 30'000);
        QVERIFY(server(frozen).freeze());
        QTRY_COMPARE_WITH_TIMEOUT(readers.on(frozen) + readers.failures(), 0, 15'000);
        // The peer has been judged: its idle sessions were ended in the same go.
        idle.use();
        QTRY_COMPARE_WITH_TIMEOUT(idle.done() + idle.failures(), 40, 15'000);
        readers.stop();
        qInfo("%d reads, longest call %lld ms; idle siblings: longest call %lld ms", readers.done(),
              readers.longestMs(), idle.longestMs());
        QVERIFY2(readers.failures() == 0, qPrintable(readers.firstFailure()));
        QVERIFY2(idle.failures() == 0, qPrintable(idle.firstFailure()));
        QVERIFY(readers.longestMs() < 10'000);
        QVERIFY(idle.longestMs() < 1000);
        QCOMPARE(ledgerRows(), 20);
    }

    void idleSiblingsOfAKilledPeer()
    {
        Users idle(Users::Kind::Idle, m_servers.hostList(), u"POOL=killed"_s, 20);
        QTRY_COMPARE_WITH_TIMEOUT(idle.ready(), 20, 30'000);
        const QString killed = fullest(idle);
        server(killed).kill();
        idle.use();
        QTRY_COMPARE_WITH_TIMEOUT(idle.done() + idle.failures(), 40, 15'000);
        idle.stop();
        qInfo("longest call %lld ms", idle.longestMs());
        QVERIFY2(idle.failures() == 0, qPrintable(idle.firstFailure()));
        QVERIFY(idle.longestMs() < 1000);
        QCOMPARE(idle.on(killed), 0);
    }

    void allFrozenAtOnceWaits()
    {
        const Loud loud(NobodyAnswers);
        Users readers(Users::Kind::Busy, m_servers.hostList(),
                      u"POOL=all;CONNECT_TIMEOUT=1;CHECK_INTERVAL=1"_s, 6);
        QTRY_COMPARE_WITH_TIMEOUT(readers.ready(), 6, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(readers.done() > 200, 30'000);
        QMap<QString, int> before;
        for (int i = 0; i < m_servers.count(); ++i)
            before[m_servers[i].address()] = readers.on(m_servers[i].address());
        for (int i = 0; i < m_servers.count(); ++i)
            QVERIFY(m_servers[i].freeze());
        QTRY_VERIFY_WITH_TIMEOUT(loud.times() > 0, 15'000);
        for (int i = 0; i < m_servers.count(); ++i)
            QVERIFY(m_servers[i].thaw());
        const int done = readers.done();
        QTRY_VERIFY_WITH_TIMEOUT(readers.done() > done + 200, 30'000);
        for (auto peer = before.cbegin(); peer != before.cend(); ++peer)
            QCOMPARE(readers.on(peer.key()), peer.value());
        readers.stop();
        QVERIFY2(readers.failures() == 0, qPrintable(readers.firstFailure()));
        QCOMPARE(loud.times(), 1);
    }

    void fullThreadPoolWhoseSessionsAnswerIsLeftAlone()
    {
        // Two threads, the least that there can be, serve all sessions in turn: most who come anew are
        // not greeted within a second.
        ServerGroup full(1, {u"--thread-handling=pool-of-threads"_s, u"--thread-pool-size=1"_s,
                             u"--thread-pool-max-threads=1"_s, u"--thread-pool-priority=high"_s});
        QVERIFY2(full.start(), qPrintable(full.errorString()));
        const QString address = full[0].address();
        Users users(Users::Kind::Busy, address + u',' + m_servers[1].address(),
                    u"POOL=full;BALANCE=first;CONNECT_TIMEOUT=1;CHECK_INTERVAL=1"_s, 12,
                    u"SELECT SLEEP(0.9)"_s);
        QTRY_COMPARE_WITH_TIMEOUT(users.ready(), 12, 30'000);
        const int served = users.on(address);
        QVERIFY2(served >= 3, qPrintable(QString::number(served)));
        QTRY_VERIFY_WITH_TIMEOUT(users.done() >= 12, 30'000);
        int refused = 0;
        QElapsedTimer timer;
        timer.start();
        // For 6 s, and for as long as chance lets everybody in.
        while (timer.elapsed() < 6000 || (refused < 2 && timer.elapsed() < 30'000)) {
            RootClient newcomer;
            refused += newcomer.open(full[0].port(), 1s) ? 0 : 1;
        }
        QVERIFY2(refused >= 2, "the pool is not full");
        QCOMPARE(users.on(address), served);
        QVERIFY2(users.longestMs() > 1000, "no statement was old enough to be suspicious");
        users.stop();
        QVERIFY2(users.failures() == 0, qPrintable(users.firstFailure()));
    }

private:
    /// The address of the server that most of them use.
    QString fullest(const Users &users)
    {
        QString found;
        for (int i = 0; i < m_servers.count(); ++i) {
            if (found.isEmpty() || users.on(m_servers[i].address()) > users.on(found))
                found = m_servers[i].address();
        }
        return found;
    }

    Server &server(const QString &address)
    {
        int found = 0;
        while (m_servers[found].address() != address)
            ++found;
        return m_servers[found];
    }

    int ledgerRows()
    {
        int rows = 0;
        for (int i = 0; i < m_servers.count(); ++i) {
            if (!m_servers[i].isFrozen())
                rows += m_servers[i]
                                .executeAsRoot(u"SELECT COUNT(*) FROM test.ledger"_s)
                                .value()
                                .toInt();
        }
        return rows;
    }

    ServerGroup m_servers{3};
};

QTEST_GUILESS_MAIN(tst_Frozen)
#include "tst_frozen.moc"
