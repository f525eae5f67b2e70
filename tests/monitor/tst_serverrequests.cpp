// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "scopeddatabase.h"

#include "sandbox/galeracluster.h"
#include "sandbox/relay.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QString options()
{
    return u"POOL=orders;CHECK_INTERVAL=1;MAX_IDLE=0;BALANCE=leastconn"_s;
}

/// Threads with a connection each that write and read, without transactions: a transaction on a
/// node that rejects queries is lost.
class Load
{
public:
    explicit Load(const QString &hosts)
    {
        for (int i = 0; i < 8; ++i)
            m_threads.emplace_back([this, hosts, i] { run(hosts, i); });
    }
    ~Load() { end(); }
    Q_DISABLE_COPY_MOVE(Load)

    void end()
    {
        m_isOver = true;
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }
    bool isOn(const QString &peer)
    {
        const std::lock_guard lock(m_mutex);
        return m_peers.contains(peer);
    }
    int done() const { return m_done; }
    QString failure()
    {
        const std::lock_guard lock(m_mutex);
        return m_failure;
    }

private:
    void run(const QString &hosts, int number)
    {
        ScopedDatabase db(hosts, options());
        note(db.open(), db.error(), db);
        while (!m_isOver) {
            QSqlQuery query(db.get());
            note(query.exec(u"REPLACE INTO numbers VALUES (%1, 1)"_s.arg(number)),
                 query.lastError(), db);
            note(query.exec(u"SELECT n FROM numbers WHERE id = %1"_s.arg(number)),
                 query.lastError(), db);
            ++m_done;
        }
    }
    void note(bool succeeded, const QSqlError &error, const ScopedDatabase &db)
    {
        const QString peer = db.currentPeer();
        const std::lock_guard lock(m_mutex);
        m_peers.insert(peer);
        if (!succeeded && m_failure.isEmpty())
            m_failure = error.text();
    }

    std::vector<std::thread> m_threads;
    std::atomic<bool> m_isOver{false};
    std::atomic<int> m_done{0};
    std::mutex m_mutex;
    std::set<QString> m_peers;
    QString m_failure;
};

} // namespace

/// Servers that request to be left without an operator's drain: qproxysql-ctl shows the reason, and
/// a busy application does not notice.
class tst_ServerRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder.path()));
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.errorString()));
        const Answer made = m_cluster[0].executeAsRoot(
                u"CREATE TABLE test.numbers (id INT PRIMARY KEY, n INT)"_s);
        QVERIFY2(made, qPrintable(made.errorString));
        m_relay = std::make_unique<Relay>(m_cluster[2].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
        m_hosts = m_cluster[0].address() + u',' + m_cluster[1].address() + u','
                  + m_relay->address();
    }

    void desync()
    {
        work(1, [this] {
            set(u"SET GLOBAL wsrep_desync = ON"_s);
            QTRY_COMPARE_WITH_TIMEOUT(peer(1)[u"serverWish"].toString(), u"desynced"_s, 10'000);
            QCOMPARE(peer(1)[u"health"].toString(), u"Up"_s);
            QCOMPARE(peer(1)[u"service"].toString(), u"InService"_s); // no operator has drained it
            set(u"SET GLOBAL wsrep_desync = OFF"_s);
            QTRY_COMPARE_WITH_TIMEOUT(peer(1)[u"serverWish"].toString(), QString(), 10'000);
        });
    }

    void rejectQueries()
    {
        work(1, [this] {
            set(u"SET GLOBAL wsrep_reject_queries = ALL"_s);
            QTRY_COMPARE_WITH_TIMEOUT(peer(1)[u"health"].toString(), u"NotReady"_s, 10'000);
            QVERIFY2(peer(1)[u"lastError"].toString().contains(u"wsrep_reject_queries=ALL"_s),
                     qPrintable(peer(1)[u"lastError"].toString()));
            set(u"SET GLOBAL wsrep_reject_queries = NONE"_s);
            QTRY_COMPARE_WITH_TIMEOUT(peer(1)[u"health"].toString(), u"Up"_s, 10'000);
        });
    }

    /// The relay is a stand-in for ProxySQL after PROXYSQL PAUSE.
    void stopsListening()
    {
        work(2, [this] {
            const auto resumes = qScopeGuard([this] { m_relay->resume(); });
            m_relay->pause();
            // Existing sessions continue; the next connect notices.
            std::vector<std::unique_ptr<ScopedDatabase>> more;
            for (int i = 0; i < 8; ++i) {
                more.push_back(std::make_unique<ScopedDatabase>(m_hosts, options()));
                QVERIFY2(more.back()->open(), qPrintable(more.back()->error().text()));
            }
            QTRY_COMPARE_WITH_TIMEOUT(peer(2)[u"health"].toString(), u"Down"_s, 10'000);
            QVERIFY2(peer(2)[u"lastError"].toString().startsWith(u"2002"_s),
                     qPrintable(peer(2)[u"lastError"].toString()));
            m_relay->resume();
            QTRY_COMPARE_WITH_TIMEOUT(peer(2)[u"health"].toString(), u"Up"_s, 10'000);
        });
    }

private:
    QString nameOf(int index) const { return m_hosts.section(u',', index, index); }

    /// While \a wish is made and shown, connections to all peers, including that one, write and
    /// read.
    void work(int index, const std::function<void()> &wish)
    {
        Load load(m_hosts);
        QVERIFY(QTest::qWaitFor([&] { return load.isOn(nameOf(index)); }, 10'000));
        wish();
        const int before = load.done();
        QVERIFY(QTest::qWaitFor([&] { return load.done() > before + 8; }, 10'000));
        load.end();
        QVERIFY2(load.failure().isEmpty(), qPrintable(load.failure()));
    }

    void set(const QString &sql)
    {
        const Answer answer = m_cluster[1].executeAsRoot(sql);
        QVERIFY2(answer, qPrintable(answer.errorString));
    }

    /// The peer in the JSON of qproxysql-ctl.
    QJsonObject peer(int index)
    {
        CtlRun list({u"list"_s, u"--json"_s, u"--user"_s, u"root"_s});
        list.code(); // 10: a peer is down
        const QJsonArray pools = QJsonDocument::fromJson(list.out().toUtf8())[u"pools"].toArray();
        const QJsonArray peers = pools.first()[u"peers"].toArray();
        for (const auto &one : peers) {
            if (one[u"peer"].toString() == nameOf(index))
                return one.toObject();
        }
        return {};
    }

    QTemporaryDir m_folder;
    GaleraCluster m_cluster;
    std::unique_ptr<Relay> m_relay;
    QString m_hosts;
};

QTEST_GUILESS_MAIN(tst_ServerRequests)
#include "tst_serverrequests.moc"
