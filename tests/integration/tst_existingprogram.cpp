// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/servergroup.h"

#include <QtCore/QProcess>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

/// The hard-coded program while it writes through the first server, as it believes.
class Program
{
public:
    Program(const QStringList &prefix, Server &server, const QString &options = {})
    {
        QStringList command = prefix;
        command += {QStringLiteral(HARDCODED_PROGRAM), u"127.0.0.1"_s,
                    QString::number(server.port()), options};
        m_process.start(command.takeFirst(), command);
    }
    ~Program()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    int count(const QString &word)
    {
        read();
        return int(m_numbers.value(word).size());
    }
    QSet<int> numbers(const QString &word) const { return m_numbers.value(word); }
    bool end()
    {
        m_process.closeWriteChannel();
        const bool hasEnded = m_process.waitForFinished() && m_process.exitCode() == 0;
        read();
        return hasEnded;
    }
    QByteArray complaint() { return m_process.readAllStandardError().right(2000); }

private:
    void read()
    {
        while (m_process.canReadLine()) {
            const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
            m_numbers[line.section(u' ', 0, 0)].insert(line.section(u' ', 1).toInt());
        }
    }

    QProcess m_process;
    QHash<QString, QSet<int>> m_numbers;
};

} // namespace

/// A program that hard-codes QMYSQL and one server, unchanged, with qproxysql-run before it and without.
class tst_ExistingProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void throughThePool_data();
    void throughThePool();
    void plainQmysql();

private:
    QList<int> written();

    QTemporaryDir m_folder;
    std::unique_ptr<ServerGroup> m_servers;
};

void tst_ExistingProgram::init()
{
    m_servers = std::make_unique<ServerGroup>(3);
    QVERIFY2(m_servers->start(u"CREATE TABLE test.written (number INT)"_s),
             qPrintable(m_servers->errorString()));
    QFile file(m_folder.filePath(u"pools.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[trio]\npeers = " + m_servers->hostList().toUtf8() + "\ncheck_interval = 1\n");
}

QList<int> tst_ExistingProgram::written()
{
    QList<int> numbers;
    for (int i = 0; i < m_servers->count(); ++i) {
        const Answer answer = (*m_servers)[i].executeAsRoot(u"SELECT number FROM test.written"_s);
        for (const QStringList &row : answer.rows)
            numbers.append(row.value(0).toInt());
    }
    return numbers;
}

void tst_ExistingProgram::throughThePool_data()
{
    QTest::addColumn<QString>("options");
    QTest::newRow("host") << QString();
    QTest::newRow("socket of its own server") << u"UNIX_SOCKET=/run/nobody/mysql.socket"_s;
}

// Each server is killed once, so the one in use at least once.
void tst_ExistingProgram::throughThePool()
{
    QFETCH(const QString, options);
    Program program({QStringLiteral(RUN_PROGRAM), u"--pool"_s, u"trio"_s, u"--pool-file"_s,
                     m_folder.filePath(u"pools.ini"_s)},
                    (*m_servers)[0], options);
    for (int i = 0; i < m_servers->count(); ++i) {
        const int before = program.count(u"ok"_s);
        QTRY_VERIFY2(program.count(u"ok"_s) > before + 50, program.complaint());
        (*m_servers)[i].kill();
        const int atKill = program.count(u"ok"_s);
        QTRY_VERIFY2(program.count(u"ok"_s) > atKill + 50, program.complaint());
        QVERIFY2((*m_servers)[i].start(), qPrintable((*m_servers)[i].errorString()));
    }
    QVERIFY2(program.end(), program.complaint());

    const QList<int> rows = written();
    const QSet<int> there(rows.begin(), rows.end());
    QCOMPARE(there.size(), rows.size()); // none twice
    QVERIFY(there.contains(program.numbers(u"ok"_s)));
    // One statement in flight a kill, and of those that failed nobody knows.
    QVERIFY2(program.count(u"failed"_s) <= m_servers->count(),
             qPrintable(QString::number(program.count(u"failed"_s))));
}

// What it is good for: the same program without it.
void tst_ExistingProgram::plainQmysql()
{
    Program program({}, (*m_servers)[0]);
    QTRY_VERIFY2(program.count(u"ok"_s) > 50, program.complaint());
    (*m_servers)[0].kill();
    QTRY_VERIFY(program.count(u"failed"_s) > 50);
    const int acknowledged = program.count(u"ok"_s);
    QVERIFY2((*m_servers)[0].start(), qPrintable((*m_servers)[0].errorString()));
    const int failed = program.count(u"failed"_s);
    QTRY_VERIFY(program.count(u"failed"_s) > failed + 50);
    QVERIFY(program.end());
    QCOMPARE(program.count(u"ok"_s), acknowledged);
}

QTEST_GUILESS_MAIN(tst_ExistingProgram)
#include "tst_existingprogram.moc"
