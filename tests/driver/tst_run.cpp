// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>

using namespace Qt::StringLiterals;

/// qproxysql-run as a process: what the program gets, and what is refused.
class tst_Run : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void environment();
    void keepsPluginPath();
    void twice();
    void arguments();
    void exitCodes_data();
    void exitCodes();
    void signalReachesTheProgram();
    void completion_data();
    void completion();
    void manPage();

private:
    struct Ended
    {
        int code;
        QString out;
        QString error;
    };
    Ended run(const QStringList &arguments) const;
    QString variable(const QString &out, const QString &name) const;

    QProcessEnvironment m_environment;
    QTemporaryDir m_folder;
    QString m_file;
};

void tst_Run::init()
{
    m_environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"QT_PLUGIN_PATH"_s, u"QPROXYSQL_POOL"_s, u"QPROXYSQL_OPTIONS"_s})
        m_environment.remove(name);
    m_environment.insert(u"QPROXYSQL_CONFIG"_s, QString());
    m_file = m_folder.filePath(u"pools.ini"_s);
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[orders]\npeers = db1,db2\n[stock]\npeers = db3\n");
}

tst_Run::Ended tst_Run::run(const QStringList &arguments) const
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(QStringLiteral(RUN_PROGRAM), arguments);
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QString tst_Run::variable(const QString &out, const QString &name) const
{
    for (const QString &line : out.split(u'\n')) {
        if (line.startsWith(name + u'='))
            return line.section(u'=', 1);
    }
    return {};
}

void tst_Run::environment()
{
    const Ended ended = run({u"--pool-file"_s, m_file, u"--pool"_s, u"Orders"_s,
                             u"--options=BALANCE=first;CLIENT_COMPRESS"_s, u"env"_s});
    QVERIFY2(ended.code == 0, qPrintable(ended.error));
    QCOMPARE(variable(ended.out, u"QPROXYSQL_POOL"_s), u"Orders"_s);
    QCOMPARE(variable(ended.out, u"QPROXYSQL_CONFIG"_s), m_file);
    QCOMPARE(variable(ended.out, u"QPROXYSQL_OPTIONS"_s), u"BALANCE=first;CLIENT_COMPRESS"_s);
    QCOMPARE(variable(ended.out, u"QT_PLUGIN_PATH"_s),
             QStringLiteral(BUILD_FOLDER "/alias:" BUILD_FOLDER "/plugins"));
}

void tst_Run::keepsPluginPath()
{
    m_environment.insert(u"QT_PLUGIN_PATH"_s,
                         u"/some/where:"_s + QStringLiteral(BUILD_FOLDER) + u"/plugins"_s);
    const Ended ended = run({u"env"_s});
    QCOMPARE(variable(ended.out, u"QT_PLUGIN_PATH"_s),
             QStringLiteral(BUILD_FOLDER "/alias:/some/where:" BUILD_FOLDER "/plugins"));
}

void tst_Run::twice()
{
    const Ended ended = run({QStringLiteral(RUN_PROGRAM), u"env"_s});
    QCOMPARE(variable(ended.out, u"QT_PLUGIN_PATH"_s),
             QStringLiteral(BUILD_FOLDER "/alias:" BUILD_FOLDER "/plugins"));
}

void tst_Run::arguments()
{
    const Ended ended = run({u"printf"_s, u"[%s]"_s, u"--pool"_s, u"a b"_s, u"--"_s, u"-h"_s,
                             u"-qmljsdebugger=port:1"_s, QString()});
    QVERIFY2(ended.code == 0, qPrintable(ended.error));
    QCOMPARE(ended.out, u"[--pool][a b][--][-h][-qmljsdebugger=port:1][]"_s);
}

void tst_Run::exitCodes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char *tag, const QStringList &arguments, int code,
                        const QStringList &says) {
        QTest::newRow(tag) << arguments << code << says;
    };
    const QString file = m_folder.filePath(u"pools.ini"_s);
    row("program's", {u"sh"_s, u"-c"_s, u"exit 3"_s}, 3, {});
    row("help", {u"--help"_s}, 0, {});
    row("version", {u"-v"_s}, 0, {});
    row("no program", {}, 125, {u"no program"_s, u"--help"_s});
    row("unknown option", {u"--pol"_s, u"x"_s, u"true"_s}, 125, {u"pol"_s, u"--help"_s});
    row("value missing", {u"--pool"_s}, 125, {u"pool"_s});
    row("empty pool", {u"--pool="_s, u"true"_s}, 125, {u"NAME"_s});
    row("unknown pool", {u"--pool-file"_s, file, u"--pool"_s, u"nope"_s, u"true"_s}, 125,
        {u"nope"_s, file, u"orders, stock"_s});
    row("no pool file", {u"--pool"_s, u"orders"_s, u"true"_s}, 125,
        {u"orders"_s, u"no default pool file"_s});
    row("pool file missing", {u"--pool-file"_s, u"/none.ini"_s, u"true"_s}, 125, {u"/none.ini"_s});
    row("wrong option", {u"--options"_s, u"BALANCE=odd"_s, u"true"_s}, 125,
        {u"--options"_s, u"BALANCE"_s, u"leastconn"_s});
    row("not found", {u"no-such-program"_s}, 127, {u"no-such-program"_s});
    row("not executable", {file}, 126, {file});
}

void tst_Run::exitCodes()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QStringList, says);
    const Ended ended = run(arguments);
    QTEST(ended.code, "code");
    for (const QString &text : says)
        QVERIFY2(ended.error.contains(text), qPrintable(ended.error));
    QCOMPARE(ended.error.isEmpty(), says.isEmpty());
}

void tst_Run::signalReachesTheProgram()
{
    QProcess process;
    process.start(QStringLiteral(RUN_PROGRAM),
                  {u"sh"_s, u"-c"_s,
                   u"trap 'exit 9' TERM; echo ready; while :; do sleep 0.1; done"_s});
    QTRY_VERIFY(process.canReadLine());
    process.terminate();
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 9);
}

void tst_Run::completion_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QStringList>("offered");
    QTest::newRow("options") << QStringList{u"--"_s}
                             << QStringList{u"--pool"_s, u"--pool-file"_s, u"--options"_s,
                                            u"--help"_s, u"--version"_s};
    QTest::newRow("pools") << QStringList{u"--pool-file"_s, m_folder.filePath(u"pools.ini"_s),
                                          u"--pool"_s, QString()}
                           << QStringList{u"orders"_s, u"stock"_s};
    QTest::newRow("program") << QStringList{u"--pool"_s, u"x"_s, u"mkfif"_s}
                             << QStringList{u"mkfifo"_s};
}

void tst_Run::completion()
{
    QFETCH(const QStringList, words);
    QProcess bash;
    bash.start(u"bash"_s,
               QStringList{u"-c"_s, uR"(. "$1"; shift; COMP_WORDS=(qproxysql-run "$@"); COMP_CWORD=$#
                               _qproxysql_run; printf '%s\n' "${COMPREPLY[@]}")"_s,
                           u"bash"_s, QStringLiteral(RUN_SOURCES "/qproxysql-run.bash")}
                       + words);
    QVERIFY(bash.waitForFinished());
    QStringList offered = QString::fromUtf8(bash.readAllStandardOutput())
                                  .split(u'\n', Qt::SkipEmptyParts);
    offered.removeDuplicates(); // a program may lie in two folders of PATH
    QTEST(offered, "offered");
}

void tst_Run::manPage()
{
    QFile document(QStringLiteral(RUN_SOURCES "/qproxysql-run.1"));
    QVERIFY(document.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(document.readAll()).replace(u"\\-"_s, u"-"_s);
    static const QRegularExpression option(u"--[a-z-]+"_s);
    for (const auto &found : option.globalMatch(run({u"--help"_s}).out))
        QVERIFY2(text.contains(found.captured()), qPrintable(found.captured()));
}

QTEST_GUILESS_MAIN(tst_Run)
#include "tst_run.moc"
