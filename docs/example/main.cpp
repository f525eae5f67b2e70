// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT
//
// An ordinary Qt application with six worker threads that read and write. All that it does for its
// cluster is to say "QPROXYSQL" where it said "QMYSQL", and to name several hosts.

#include "statistics.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QTextStream>
#include <QtCore/QThread>
#include <QtCore/QTimer>
#include <QtCore/QUuid>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>

#include <memory>
#include <vector>

struct Settings
{
    QString driver;
    QString hosts; ///< "db1:3306,db2:3306,db3:3306"
    QString user;
    QString password;
    QString database;
};

/// The work of one thread, over one connection of its own.
class Worker
{
public:
    Worker(int number, const Settings &settings, Statistics &statistics)
        : m_number(number)
        , m_name(QStringLiteral("worker%1").arg(number))
        , m_settings(settings)
        , m_statistics(statistics)
    {
    }

    void run()
    {
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(m_settings.driver, m_name);
            db.setHostName(m_settings.hosts);
            db.setUserName(m_settings.user);
            db.setPassword(m_settings.password);
            db.setDatabaseName(m_settings.database);
            // Both kinds of applications: those that keep a connection, and those that open one for each unit of work.
            const bool keepsConnection = m_number % 2 == 0;
            while (!QThread::currentThread()->isInterruptionRequested()) {
                if (db.isOpen() || open(db)) {
                    unitOfWork(db);
                    if (!keepsConnection)
                        db.close();
                }
                QThread::msleep(2);
            }
        }
        QSqlDatabase::removeDatabase(m_name);
    }

private:
    bool open(QSqlDatabase &db)
    {
        QElapsedTimer timer;
        timer.start();
        const bool opened = db.open();
        m_statistics.count(QString(), timer.nsecsElapsed(), opened ? QSqlError() : db.lastError());
        return opened;
    }

    void unitOfWork(QSqlDatabase &db)
    {
        QSqlQuery read(db);
        read.prepare(QStringLiteral("SELECT COUNT(*) FROM visits WHERE worker = ?"));
        read.addBindValue(m_number);
        if (!execute(db, read) || !read.next())
            return;
        if (++m_units % 10 == 0)
            write(db, QUuid::createUuid().toString(QUuid::WithoutBraces));
    }

    /// A write under way at the very moment in which its server dies may or may not have been carried out, and
    /// nobody but the application can know whether to repeat it: this one looks for its row.
    void write(QSqlDatabase &db, const QString &id)
    {
        QSqlQuery insert(db);
        insert.prepare(QStringLiteral("INSERT INTO visits (id, worker) VALUES (?, ?)"));
        insert.addBindValue(id);
        insert.addBindValue(m_number);
        if (execute(db, insert, Failure::MayBeUnknown))
            return;
        m_statistics.countLookUp();
        QSqlQuery look(db);
        look.prepare(QStringLiteral("SELECT 1 FROM visits WHERE id = ?"));
        look.addBindValue(id);
        if (execute(db, look) && !look.next())
            execute(db, insert);
    }

    enum class Failure { Counts, MayBeUnknown };
    bool execute(QSqlDatabase &db, QSqlQuery &query, Failure failure = Failure::Counts)
    {
        QElapsedTimer timer;
        timer.start();
        const bool done = query.exec();
        const bool counts = !done && failure == Failure::Counts;
        // QPROXYSQL tells which of its servers served; other drivers know no such thing.
        QString peer = db.driver()->property("currentPeer").toString();
        if (peer.isEmpty())
            peer = m_settings.hosts;
        m_statistics.count(peer, timer.nsecsElapsed(), counts ? query.lastError() : QSqlError());
        return done;
    }

    const int m_number;
    const QString m_name;
    const Settings m_settings;
    Statistics &m_statistics;
    int m_units = 0;
};

static std::vector<std::unique_ptr<QThread>> startWorkers(const Settings &settings,
                                                          Statistics &statistics)
{
    std::vector<std::unique_ptr<QThread>> threads;
    for (int number = 1; number <= 6; ++number) {
        threads.emplace_back(
                QThread::create([=, &statistics] { Worker(number, settings, statistics).run(); }));
        threads.back()->start();
    }
    return threads;
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
            "Reads and writes from six threads, and says once a second who served it.\n"
            "The schema needs a table visits(id CHAR(36) PRIMARY KEY, worker INT)."));
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("hosts"),
                                 QStringLiteral("db1:3306,db2:3306,db3:3306"));
    const QCommandLineOption seconds(QStringLiteral("seconds"), QStringLiteral("How long (20)."),
                                     QStringLiteral("N"), QStringLiteral("20"));
    const QCommandLineOption driver(QStringLiteral("driver"), QStringLiteral("QPROXYSQL."),
                                    QStringLiteral("NAME"), QStringLiteral("QPROXYSQL"));
    const QCommandLineOption user(QStringLiteral("user"), QStringLiteral("app."),
                                  QStringLiteral("NAME"), QStringLiteral("app"));
    const QCommandLineOption database(QStringLiteral("database"), QStringLiteral("test."),
                                      QStringLiteral("NAME"), QStringLiteral("test"));
    parser.addOptions({seconds, driver, user, database});
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);
    const Settings settings{parser.value(driver), parser.positionalArguments().constFirst(),
                            parser.value(user),
                            qEnvironmentVariable("DEMO_PASSWORD", QStringLiteral("secret")),
                            parser.value(database)};

    QTextStream out(stdout);
    Statistics statistics(settings.hosts);
    const auto threads = startWorkers(settings, statistics);
    const int end = parser.value(seconds).toInt();
    int second = 0;
    QTimer everySecond;
    QObject::connect(&everySecond, &QTimer::timeout, &application, [&] {
        out << statistics.secondLine(++second) << Qt::endl;
        if (second >= end)
            application.quit();
    });
    everySecond.start(1000);
    application.exec();

    for (const auto &thread : threads)
        thread->requestInterruption();
    for (const auto &thread : threads)
        thread->wait();
    out << statistics.summary() << Qt::endl;
    return statistics.failures() == 0 ? 0 : 1;
}
