// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "lifetime/lives.h"
#include "sandbox/servergroup.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtTest/QTest>

#include <cstdio>
#include <cstring>

using namespace qproxysql::lifetime;
using qproxysql::sandbox::ServerGroup;

/// Lives of processes, from their first connection to their exit: each in a child of its own under a
/// watchdog, among peers of which one refuses and (in some) one never answers, so that probes are running.
class tst_Lifetime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isListed();
    void lives_data();
    void lives();
    void exitBesideFrozenPeer();
    void missingInnerDriver();

private:
    struct Outcome
    {
        bool isWell = false;
        QString output;
        qint64 milliseconds = 0;
    };
    Outcome run(const QString &program, const QString &life, const QString &hosts,
                const QProcessEnvironment &environment =
                        QProcessEnvironment::systemEnvironment()) const;
    QString hosts() const;

    std::unique_ptr<ServerGroup> m_servers;
};

void tst_Lifetime::initTestCase()
{
    m_servers = std::make_unique<ServerGroup>(2);
    QVERIFY2(m_servers->start(), qPrintable(m_servers->errorString()));
}

QString tst_Lifetime::hosts() const
{
    return m_servers->hostList() + QStringLiteral(",127.0.0.1:1");
}

tst_Lifetime::Outcome tst_Lifetime::run(const QString &program, const QString &life,
                                        const QString &hosts,
                                        const QProcessEnvironment &environment) const
{
    QProcess child;
    child.setProcessEnvironment(environment);
    child.setProcessChannelMode(QProcess::MergedChannels);
    QElapsedTimer timer;
    timer.start();
    child.start(program, {QStringLiteral("--live"), life, hosts});
    Outcome outcome;
    const bool ended = child.waitForFinished(60'000);
    outcome.milliseconds = timer.elapsed();
    outcome.output = QString::fromLocal8Bit(child.readAll());
    if (!ended) {
        child.kill();
        child.waitForFinished();
        outcome.output += QStringLiteral("\nnot ended after 60 s");
    }
    outcome.isWell = ended && child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0;
    return outcome;
}

void tst_Lifetime::isListed()
{
    QVERIFY(QSqlDatabase::drivers().contains(QStringLiteral("QPROXYSQL")));
}

void tst_Lifetime::lives_data()
{
    QTest::addColumn<QString>("life");
    for (const Life &life : qproxysql::lifetime::lives()) {
        if (std::strcmp(life.name, "missing inner driver") != 0)
            QTest::newRow(life.name) << QString::fromLatin1(life.name);
    }
}

void tst_Lifetime::lives()
{
    QFETCH(QString, life);
    const Outcome outcome = run(QCoreApplication::applicationFilePath(), life, hosts());
    QVERIFY2(outcome.isWell, qPrintable(outcome.output));
    QTRY_COMPARE((*m_servers)[0].connectionCount(), 0);
    QTRY_COMPARE((*m_servers)[1].connectionCount(), 0);
}

void tst_Lifetime::exitBesideFrozenPeer()
{
    QVERIFY((*m_servers)[1].freeze());
    const Outcome outcome = run(QCoreApplication::applicationFilePath(),
                                QStringLiteral("exit while open"), hosts());
    QVERIFY((*m_servers)[1].thaw());
    QVERIFY2(outcome.isWell, qPrintable(outcome.output));
    // CONNECT_TIMEOUT is 3 s; exit waits for nobody longer than that.
    QVERIFY2(outcome.milliseconds < 8'000, qPrintable(QString::number(outcome.milliseconds)));
}

void tst_Lifetime::missingInnerDriver()
{
    // A copy of this program whose qt.conf shows it no plugins but ours.
    QTemporaryDir folder;
    QVERIFY(folder.isValid());
    const QDir dir(folder.path());
    QVERIFY(dir.mkpath(QStringLiteral("plugins/sqldrivers")));
    QVERIFY(QFile::copy(QStringLiteral(PLUGIN_FILE),
                        dir.filePath(QStringLiteral("plugins/sqldrivers/libqsqlproxysql.so"))));
    const QString program = dir.filePath(QStringLiteral("program"));
    QVERIFY(QFile::copy(QCoreApplication::applicationFilePath(), program));
    QFile conf(dir.filePath(QStringLiteral("qt.conf")));
    QVERIFY(conf.open(QIODevice::WriteOnly));
    conf.write("[Paths]\nPlugins=" + dir.filePath(QStringLiteral("plugins")).toUtf8() + '\n');
    conf.close();

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("QT_PLUGIN_PATH"));
    const Outcome outcome = run(program, QStringLiteral("missing inner driver"), hosts(),
                                environment);
    QVERIFY2(outcome.isWell, qPrintable(outcome.output));
    QVERIFY2(outcome.output.contains(QStringLiteral("QMYSQL")), qPrintable(outcome.output));
    QVERIFY2(outcome.output.contains(QStringLiteral("libqt6sql6-mysql")),
             qPrintable(outcome.output));
}

int main(int argc, char **argv)
{
    if (argc == 4 && std::strcmp(argv[1], "--live") == 0) {
        for (const Life &life : qproxysql::lifetime::lives()) {
            if (std::strcmp(life.name, argv[2]) == 0)
                return life.live(argc, argv, QString::fromLocal8Bit(argv[3]));
        }
        std::fprintf(stderr, "no such life: %s\n", argv[2]);
        return 2;
    }
    QCoreApplication app(argc, argv);
    tst_Lifetime test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_lifetime.moc"
