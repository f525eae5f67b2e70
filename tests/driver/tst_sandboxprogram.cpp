// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/rootclient.h"
#include "sandbox/servergroup.h"

#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <csignal>

using namespace qproxysql::sandbox;

/// The program does by command what the library does by call, and leaves nothing behind.
class tst_SandboxProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void commands();
    void endOfInput();
    void terminated();
    void killed();

private:
    QString line();
    QString reply(const QByteArray &command);
    bool refuses(int server);

    std::unique_ptr<QProcess> m_program;
    QList<quint16> m_ports;
    QString m_folder;
};

QString tst_SandboxProgram::line()
{
    while (!m_program->canReadLine()) {
        if (!m_program->waitForReadyRead(30'000))
            return QString();
    }
    return QString::fromUtf8(m_program->readLine()).trimmed();
}

QString tst_SandboxProgram::reply(const QByteArray &command)
{
    m_program->write(command + '\n');
    return line().section(QStringLiteral(" ("), 0, 0);
}

bool tst_SandboxProgram::refuses(int server)
{
    RootClient client;
    return !client.open(m_ports.at(server))
           && client.errorString().contains(QStringLiteral("refused"));
}

void tst_SandboxProgram::init()
{
    m_program = std::make_unique<QProcess>();
    m_program->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    // Makes it a real fork: with the other kind the thread sanitizer allows no threads afterwards.
    m_program->setChildProcessModifier([] {});
    m_program->start(QStringLiteral(SANDBOX_PROGRAM),
                     {QStringLiteral("start"), QStringLiteral("--servers=2")});
    m_ports.clear();
    for (int i = 1; i <= 2; ++i) {
        const QStringList words = line().split(QLatin1Char(' '));
        QCOMPARE(words.size(), 4);
        QCOMPARE(words.at(0), QStringLiteral("server%1").arg(i));
        m_ports += words.at(1).section(QLatin1Char(':'), 1).toUShort();
        QVERIFY(words.at(2).toInt() > 0);
        QVERIFY(QFileInfo::exists(words.at(3)));
        m_folder = QFileInfo(QFileInfo(words.at(3)).path()).path();
    }
    for (int i = 0; i < 4; ++i)
        QVERIFY(line().startsWith(QLatin1Char('#')));
    QVERIFY(!refuses(0) && !refuses(1));
}

void tst_SandboxProgram::cleanup()
{
    if (m_program->state() != QProcess::NotRunning) {
        m_program->closeWriteChannel();
        QVERIFY(m_program->waitForFinished());
    }
}

void tst_SandboxProgram::commands()
{
    QCOMPARE(reply("kill 1"), QStringLiteral("ok: kill server1"));
    QVERIFY(refuses(0));
    QVERIFY(reply("list").contains(QStringLiteral(" stopped ")));
    QVERIFY(!line().contains(QStringLiteral(" stopped ")));
    QCOMPARE(reply("start server1"), QStringLiteral("ok: start server1"));
    QVERIFY(!refuses(0));
    QCOMPARE(reply("freeze 2"), QStringLiteral("ok: freeze server2"));
    RootClient client;
    QVERIFY(!client.open(m_ports.at(1), std::chrono::milliseconds(200)));
    QCOMPARE(reply("thaw 2"), QStringLiteral("ok: thaw server2"));
    QCOMPARE(reply("restart 2"), QStringLiteral("ok: restart server2"));
    QCOMPARE(reply("term 2"), QStringLiteral("ok: term server2"));
    QVERIFY(refuses(1));
    QVERIFY(reply("isolate 1").startsWith(QStringLiteral("error: isolate needs a Galera cluster")));
    QVERIFY(reply("kill 3").startsWith(QStringLiteral("error: there is no server")));
    QCOMPARE(reply("sql CREATE TABLE test.t(a INT)"), QStringLiteral("ok: sql"));
    QVERIFY(reply("sql CREATE TABLE test.t(a INT)")
                    .startsWith(QStringLiteral("error: server1: 1050 ")));
    QVERIFY(reply("dance 1").startsWith(QStringLiteral("error: there is no command")));
    m_program->write("quit\n");
    QVERIFY(m_program->waitForFinished());
    QCOMPARE(m_program->exitCode(), 0);
    QVERIFY(refuses(0));
    QVERIFY(!QFileInfo::exists(m_folder));
}

void tst_SandboxProgram::endOfInput()
{
    m_program->closeWriteChannel();
    QVERIFY(m_program->waitForFinished());
    QVERIFY(refuses(0) && refuses(1));
    QVERIFY(!QFileInfo::exists(m_folder));
}

void tst_SandboxProgram::terminated()
{
    m_program->terminate();
    QVERIFY(m_program->waitForFinished());
    QCOMPARE(m_program->exitStatus(), QProcess::NormalExit);
    QVERIFY(refuses(0) && refuses(1));
    QVERIFY(!QFileInfo::exists(m_folder));
}

void tst_SandboxProgram::killed()
{
    m_program->kill();
    QVERIFY(m_program->waitForFinished());
    QTRY_VERIFY(refuses(0) && refuses(1));
    // The next sandbox sweeps up.
    const ServerGroup next(1);
    QVERIFY(!QFileInfo::exists(m_folder));
}

QTEST_GUILESS_MAIN(tst_SandboxProgram)
#include "tst_sandboxprogram.moc"
