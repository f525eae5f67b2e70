// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "lifetime/lives.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QThread>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlResult>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>

namespace qproxysql::lifetime {

namespace {

#define REQUIRE(condition) \
    do { \
        if (!(condition)) { \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            std::_Exit(3); \
        } \
    } while (false)

const QString Rows = QStringLiteral("SELECT seq FROM seq_1_to_5");

QSqlDatabase add(const QString &hosts, const QString &name = QStringLiteral("life"))
{
    QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QPROXYSQL"), name);
    db.setHostName(hosts);
    db.setUserName(QStringLiteral("app"));
    db.setPassword(QStringLiteral("secret"));
    db.setDatabaseName(QStringLiteral("test"));
    return db;
}

QSqlDatabase addOpen(const QString &hosts, const QString &name = QStringLiteral("life"))
{
    QSqlDatabase db = add(hosts, name);
    if (!db.open())
        std::fprintf(stderr, "%s\n", qPrintable(db.lastError().text()));
    REQUIRE(db.isOpen());
    return db;
}

QSqlQuery halfRead(const QSqlDatabase &db, bool isPrepared)
{
    QSqlQuery query(db);
    if (isPrepared) {
        REQUIRE(query.prepare(Rows + QStringLiteral(" WHERE seq > ?")));
        query.addBindValue(0);
        REQUIRE(query.exec());
    } else {
        REQUIRE(query.exec(Rows));
    }
    REQUIRE(query.next());
    REQUIRE(query.next());
    return query;
}

int removeWithLiveQueries(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    QSqlDatabase db = addOpen(hosts);
    QSqlQuery text = halfRead(db, false);
    QSqlQuery prepared = halfRead(db, true);
    QSqlQuery pending(db);
    REQUIRE(pending.exec(QStringLiteral("SELECT 1; SELECT 2")));
    QSqlDatabase::removeDatabase(QStringLiteral("life"));
    REQUIRE(!text.driver());
    REQUIRE(!text.next() && !prepared.next());
    REQUIRE(!pending.nextResult());
    REQUIRE(!prepared.exec());
    REQUIRE(!prepared.lastInsertId().isValid());
    prepared.finish();
    return 0;
}

int removeFromMainThread(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    for (int i = 0; i < 3; ++i) {
        const std::unique_ptr<QThread> worker(QThread::create([&] {
            QSqlDatabase db = addOpen(hosts);
            QSqlQuery query = halfRead(db, i == 1);
            REQUIRE(db.transaction());
        }));
        worker->start();
        REQUIRE(worker->wait(20'000));
        QSqlDatabase::removeDatabase(QStringLiteral("life"));
        REQUIRE(QSqlDatabase::connectionNames().isEmpty());
    }
    return 0;
}

void readOnAfterClose(QSqlDatabase &db, bool isPrepared)
{
    QSqlQuery query = halfRead(db, isPrepared);
    db.close();
    REQUIRE(query.value(0).toInt() == 2);
    REQUIRE(!query.isNull(0));
    REQUIRE(query.size() == 5);
    REQUIRE(query.record().count() == 1);
    for (int i = 3; i <= 5; ++i) {
        REQUIRE(query.next());
        REQUIRE(query.value(0).toInt() == i);
    }
    REQUIRE(!query.next());
    REQUIRE(query.first() && query.value(0).toInt() == 1);
    REQUIRE(query.seek(3) && query.value(0).toInt() == 4);
    query.lastInsertId();
    query.numRowsAffected();
    REQUIRE(query.result()->handle().isValid());
    if (isPrepared) {
        REQUIRE(!query.exec());
        REQUIRE(query.lastError().isValid());
    }
    REQUIRE(!query.nextResult());
    REQUIRE(!query.exec(Rows));
    REQUIRE(db.open());
    REQUIRE(query.exec(Rows) && query.next());
}

int readAfterClose(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    QSqlDatabase db = addOpen(hosts);
    readOnAfterClose(db, false);
    readOnAfterClose(db, true);
    // A statement prepared before a reopen is prepared again, with its bindings.
    QSqlQuery query(db);
    REQUIRE(query.prepare(QStringLiteral("SELECT ? + 1")));
    query.addBindValue(41);
    REQUIRE(query.exec());
    db.close();
    REQUIRE(db.open());
    REQUIRE(query.exec() && query.next());
    REQUIRE(query.value(0).toInt() == 42);
    return 0;
}

int duplicateNames(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    std::vector<QSqlQuery> queries;
    for (int i = 0; i < 5; ++i) {
        QSqlDatabase db = addOpen(hosts);
        queries.push_back(halfRead(db, i % 2));
    }
    REQUIRE(QSqlDatabase::connectionNames().size() == 1);
    for (size_t i = 0; i + 1 < queries.size(); ++i)
        REQUIRE(!queries.at(i).next());
    REQUIRE(queries.back().next());
    return 0;
}

int severalApplications(int argc, char **argv, const QString &hosts)
{
    for (int i = 0; i < 4; ++i) {
        const QCoreApplication app(argc, argv);
        const QString name = QStringLiteral("life %1").arg(i);
        QSqlDatabase db = addOpen(hosts, name);
        REQUIRE(halfRead(db, i % 2).next());
        if (i == 1)
            continue; // QtSql itself ends this one with the application
        db = QSqlDatabase();
        QSqlDatabase::removeDatabase(name);
    }
    return 0;
}

int serverIdOf(const QSqlDatabase &db)
{
    QSqlQuery query(db);
    REQUIRE(query.exec(QStringLiteral("SELECT CONNECTION_ID()")) && query.next());
    return query.value(0).toInt();
}

// None is carried over into the next application; within one they are.
int idleSessionsEndWithTheApplication(int argc, char **argv, const QString &hosts)
{
    const QString host = hosts.section(QLatin1Char(','), 0, 0);
    int former = 0;
    for (int i = 0; i < 4; ++i) {
        const QCoreApplication app(argc, argv);
        const QString name = QStringLiteral("life %1").arg(i);
        {
            QSqlDatabase db = addOpen(host, name);
            const int id = serverIdOf(db);
            REQUIRE(id != former);
            db.close();
            REQUIRE(db.open());
            REQUIRE(serverIdOf(db) == id);
            former = id;
        }
        QSqlDatabase::removeDatabase(name);
    }
    return 0;
}

// The last connection is handed back while, or after, the application ends.
int closedLate(int argc, char **argv, const QString &hosts)
{
    QSqlDatabase late;
    {
        const QCoreApplication app(argc, argv);
        late = addOpen(hosts);
        qAddPostRoutine([] { QSqlDatabase::database(QStringLiteral("life"), false).close(); });
        QSqlDatabase other = addOpen(hosts, QStringLiteral("other"));
        other.close();
    }
    late.close();
    return 0;
}

int exitWithIdleSessions(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    std::vector<QSqlDatabase> all;
    for (int i = 0; i < 6; ++i)
        all.push_back(addOpen(hosts, QString::number(i)));
    for (QSqlDatabase &db : all)
        db.close();
    std::exit(0);
}

int exitOpen(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    QSqlDatabase db = addOpen(hosts);
    static QSqlQuery *kept = new QSqlQuery(halfRead(db, true));
    REQUIRE(kept->next());
    return 0;
}

int exitFunction(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    QSqlDatabase db = addOpen(hosts);
    static QSqlQuery *kept = new QSqlQuery(halfRead(db, true));
    REQUIRE(kept->next());
    std::exit(0);
}

int exitWithThread(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    std::atomic<bool> isUp{false};
    auto *worker = QThread::create([&hosts, &isUp] {
        // Neither copies of the connection nor the thread see the end of main().
        QSqlDatabase db = addOpen(hosts);
        auto *query = new QSqlQuery(halfRead(db, false));
        Q_UNUSED(query)
        isUp = true;
        QThread::sleep(3600);
    });
    worker->start();
    while (!isUp)
        QThread::msleep(1);
    std::exit(0);
}

int queriesOutlive(int argc, char **argv, const QString &hosts)
{
    std::unique_ptr<QSqlQuery> text, prepared;
    {
        const QCoreApplication app(argc, argv);
        {
            QSqlDatabase db = addOpen(hosts);
            text = std::make_unique<QSqlQuery>(halfRead(db, false));
            prepared = std::make_unique<QSqlQuery>(halfRead(db, true));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("life"));
        text.reset();
    }
    prepared.reset();
    return 0;
}

int manyThreads(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i) {
        threads.emplace_back([&hosts, i] {
            const QString name = QStringLiteral("thread %1").arg(i);
            for (int round = 0; round < 10; ++round) {
                {
                    QSqlDatabase db = addOpen(hosts, name);
                    QSqlQuery query = halfRead(db, round % 2);
                    REQUIRE(db.transaction());
                    REQUIRE(db.commit());
                    if (round % 3 == 0)
                        db.close();
                    REQUIRE(query.next());
                }
                QSqlDatabase::removeDatabase(name);
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    REQUIRE(QSqlDatabase::connectionNames().isEmpty());
    return 0;
}

int closedQuestions(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    QSqlDatabase db = add(hosts);
    REQUIRE(db.tables().isEmpty());
    REQUIRE(!db.driver()->hasFeature(QSqlDriver::Transactions));
    REQUIRE(db.open());
    db.close();
    REQUIRE(db.tables(QSql::AllTables).isEmpty());
    REQUIRE(db.driver()->handle().isValid());
    QSqlQuery query(db);
    REQUIRE(query.result()->handle().isValid());
    QSqlDatabase never = add(hosts, QStringLiteral("never opened"));
    return 0;
}

int missingInnerDriver(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    REQUIRE(QSqlDatabase::isDriverAvailable(QStringLiteral("QPROXYSQL")));
    REQUIRE(!QSqlDatabase::isDriverAvailable(QStringLiteral("QMYSQL")));
    QSqlDatabase db = add(hosts);
    REQUIRE(!db.driver()->hasFeature(QSqlDriver::PreparedQueries));
    REQUIRE(!db.open());
    REQUIRE(db.lastError().type() == QSqlError::ConnectionError);
    std::fprintf(stdout, "%s\n", qPrintable(db.lastError().text()));
    QSqlQuery query(db);
    REQUIRE(!query.exec(Rows));
    REQUIRE(!query.prepare(Rows));
    return 0;
}

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
int moveBetweenThreads(int argc, char **argv, const QString &hosts)
{
    const QCoreApplication app(argc, argv);
    QSqlDatabase db = addOpen(hosts);
    QThread thread;
    REQUIRE(db.moveToThread(&thread));
    QObject context;
    context.moveToThread(&thread);
    thread.start();
    QMetaObject::invokeMethod(
            &context,
            [&] {
                QSqlDatabase moved = QSqlDatabase::database(QStringLiteral("life"));
                REQUIRE(moved.isOpen());
                REQUIRE(halfRead(moved, true).next());
                moved.close();
                context.moveToThread(nullptr);
            },
            Qt::BlockingQueuedConnection);
    thread.quit();
    REQUIRE(thread.wait(20'000));
    return 0;
}
#endif

} // namespace

const std::vector<Life> &lives()
{
    static const auto *all = new std::vector<Life>
    {
        {"remove with live queries", removeWithLiveQueries},
                {"remove from the main thread", removeFromMainThread},
                {"read after close", readAfterClose}, {"duplicate names", duplicateNames},
                {"several applications", severalApplications},
                {"idle sessions end with the application", idleSessionsEndWithTheApplication},
                {"closed late", closedLate}, {"exit() with idle sessions", exitWithIdleSessions},
                {"exit while open", exitOpen}, {"exit() while open", exitFunction},
                {"exit() while a thread is open", exitWithThread},
                {"queries outlive all", queriesOutlive}, {"many threads", manyThreads},
                {"questions while closed", closedQuestions},
                {"missing inner driver", missingInnerDriver},
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
                {"move between threads", moveBetweenThreads},
#endif
    };
    return *all;
}

} // namespace qproxysql::lifetime
