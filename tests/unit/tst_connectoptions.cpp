// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/connectoptions.h"
#include "config/optionnames.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace qproxysql;

namespace {

QString source()
{
    return QStringLiteral("connect options");
}

} // namespace

class tst_ConnectOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accept_data();
    void accept();
    void refuse_data();
    void refuse();
    void innerIsUnchanged_data();
    void innerIsUnchanged();
    void asksForNothing_data();
    void asksForNothing();
    void reconnectIsWarnedOfOnce();
    void secretsStayHidden_data();
    void secretsStayHidden();
    void suggests_data();
    void suggests();
    void namedConnectionsOptions();
    void addMissing();
};

void tst_ConnectOptions::accept_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("option");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *text, Option option, const char *value) {
        QTest::newRow(text) << QString::fromUtf8(text) << int(option) << QString::fromUtf8(value);
    };
    row("PEERS=peer0,peer1", Option::Peers, "peer0,peer1");
    row("POOL=orders-1.eu_2", Option::Pool, "orders-1.eu_2");
    row("POOL_FILE=/etc/my pools.ini", Option::PoolFile, "/etc/my pools.ini");
    row("CHECK_INTERVAL=30", Option::CheckInterval, "30");
    row("CHECK_INTERVAL=0.25", Option::CheckInterval, "0.25");
    row("CHECK_INTERVAL=86400", Option::CheckInterval, "86400");
    row("check_interval = 5", Option::CheckInterval, "5");
    row("CONNECT_TIMEOUT=3600", Option::ConnectTimeout, "3600");
    row("MYSQL_OPT_CONNECT_TIMEOUT=7", Option::ConnectTimeout, "7");
    row(" mysql_opt_connect_timeout = 7 ", Option::ConnectTimeout, "7");
    row("MYSQL_OPT_CONNECT_TIMEOUT=0;CONNECT_TIMEOUT=5", Option::ConnectTimeout, "5");
    row("CONNECT_TIMEOUT=7;MYSQL_OPT_CONNECT_TIMEOUT=7.0", Option::ConnectTimeout, "7.0");
    row("OPEN_DEADLINE=0.5", Option::OpenDeadline, "0.5");
    row("BALANCE=LeastConn", Option::Balance, "LeastConn");
    row("BALANCE=first;BALANCE=FIRST", Option::Balance, "FIRST");
    row("RETRY_READS=0", Option::RetryReads, "0");
    row("RETRY_CONFLICTS=0", Option::RetryConflicts, "0");
    row("CAUSAL_READS=Always", Option::CausalReads, "Always");
    row("PEER_DRIVER=qmariadb", Option::PeerDriver, "qmariadb");
    row("CONTROL=off", Option::Control, "off");
    row("CONTROL=Local", Option::Control, "Local");
    row("CONTROL=fleet", Option::Control, "fleet");
    row("CONTROL_SCHEMA=ops_2", Option::ControlSchema, "ops_2");
    row("MAX_IDLE=0", Option::MaxIdle, "0");
    row("MAX_IDLE=1000", Option::MaxIdle, "1000");
    row("IDLE_TIMEOUT=0.5", Option::IdleTimeout, "0.5");
    row("IDLE_TIMEOUT=60;IDLE_TIMEOUT=60.0", Option::IdleTimeout, "60.0");
    row("MAX_LIFETIME=0", Option::MaxLifetime, "0");
    row("MAX_LIFETIME=0.5;MAX_LIFETIME=0.50", Option::MaxLifetime, "0.50");
    row("MAX_LIFETIME=86400", Option::MaxLifetime, "86400");
    row("CHECK_SQL=", Option::CheckSql, "");
    row("INIT_SQL=SET a=1, b=2", Option::InitSql, "SET a=1, b=2");
    row("INIT_SQL=\"SET a=1; SET b=2\"", Option::InitSql, "SET a=1; SET b=2");
    row("INIT_SQL = \"SET a=\"\"x;\"\"\" ; RETRY_READS=1", Option::InitSql, "SET a=\"x;\"");
    row("INIT_SQL=SET sql_mode=\"ANSI\"", Option::InitSql, "SET sql_mode=\"ANSI\"");
    row("INIT_SQL=\"\"", Option::InitSql, "");
    row(";; CHECK_SQL=\" SELECT 1 \";;", Option::CheckSql, " SELECT 1 ");
    row("PEERS=\"a,b\"", Option::Peers, "a,b");
}

void tst_ConnectOptions::accept()
{
    QFETCH(QString, text);
    QFETCH(int, option);
    QFETCH(QString, value);
    const auto options = ConnectOptions::parse(text, source());
    QVERIFY2(options, qPrintable(options.error()));
    const auto it = options->own.find(Option(option));
    QVERIFY(it != options->own.end());
    QCOMPARE(it->second.value, value);
    QCOMPARE(it->second.source, source());
    QVERIFY(options->inner.isEmpty());
}

void tst_ConnectOptions::refuse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("says");
    const auto row = [](const char *text, const QStringList &says) {
        QTest::newRow(text) << QString::fromUtf8(text) << says;
    };
    const auto l = [](const char *text) { return QString::fromUtf8(text); };
    const QString seconds = l("a number of seconds above 0");
    for (const char *bad : {"0", "0.0", "0.0001", "-1", "abc", "", "1e3", "nan", "inf", ".5", "5.",
                            "1,5", "86401", "0x10", "99999999999999999999"})
        row(qPrintable(l("CHECK_INTERVAL=") + l(bad)), {l("CHECK_INTERVAL=") + l(bad), seconds});
    row("CONNECT_TIMEOUT=3601", {l("CONNECT_TIMEOUT=3601"), seconds});
    row("MYSQL_OPT_CONNECT_TIMEOUT=x", {l("MYSQL_OPT_CONNECT_TIMEOUT"), l("=x"), seconds});
    row("CONNECT_TIMEOUT=3;MYSQL_OPT_CONNECT_TIMEOUT=4",
        {l("CONNECT_TIMEOUT=3"), l("MYSQL_OPT_CONNECT_TIMEOUT=4"), l("contradict")});
    row("OPEN_DEADLINE=0", {l("OPEN_DEADLINE=0"), seconds});
    row("BALANCE=fastest", {l("BALANCE=fastest"), l("random, leastconn or first")});
    row("BALANCE=first;BALANCE=random", {l("BALANCE=first"), l("BALANCE=random")});
    row("RETRY_READS=2", {l("RETRY_READS=2"), l("0 or 1")});
    row("PEER_DRIVER=QPSQL", {l("PEER_DRIVER=QPSQL"), l("QMYSQL or QMARIADB")});
    row("CONTROL=cluster", {l("CONTROL=cluster"), l("off, local or fleet")});
    for (const char *bad : {"-1", "1001", "2.5", "", "many", "99999999999999999999"})
        row(qPrintable(l("MAX_IDLE=") + l(bad)), {l("MAX_IDLE=") + l(bad), l("from 0 to 1000")});
    row("IDLE_TIMEOUT=0", {l("IDLE_TIMEOUT=0"), seconds});
    for (const char *bad : {"-1", "86401", "", "never", "0.0001", "0.0"})
        row(qPrintable(l("MAX_LIFETIME=") + l(bad)),
            {l("MAX_LIFETIME=") + l(bad), l("0 for no limit")});
    row("POOL=a b", {l("POOL=a b"), l("1 to 64 letters")});
    row("POOL=", {l("POOL="), l("1 to 64 letters")});
    row("POOL_FILE=", {l("POOL_FILE="), l("path of a pool file")});
    row("PEERS=", {l("PEERS="), l("names of QSqlDatabase connections")});
    row("PEERS", {l("PEERS needs a value"), l("names of QSqlDatabase connections")});
    row("INIT_SQL", {l("INIT_SQL needs a value")});
    row("INIT_SQL=a;INIT_SQL=b", {l("INIT_SQL is given twice")});
    row("INIT_SQL=\"SET a=1", {l("INIT_SQL"), l("not closed")});
    row("INIT_SQL=\"SET a=1\" x;POOL=a", {l("INIT_SQL"), l("after its closing")});
    row("INIT_SQL=SET a=1; SET b=2", {l("unknown option SET b")});
    row("RETRY_CONFLICTS=1001", {l("RETRY_CONFLICTS=1001"), l("0 to 1000")});
    row("IGNORE_STATE=x", {l("IGNORE_STATE=x"), l("user_variables, temporary_tables")});
    for (const char *name : {"transaction", "pending_results", "native_handle", "xa_transaction",
                             "named_locks", "table_locks", "user_variables,transaction"}) {
        const QString option = QLatin1String("IGNORE_STATE=") + QLatin1String(name);
        QTest::newRow(qPrintable(option)) << option << QStringList{option, l("stored_function")};
    }
    row("CAUSAL_READS=1", {l("CAUSAL_READS=1"), l("moves, always or off")});
    row("CONTROL_SCHEMA=a`b", {l("CONTROL_SCHEMA=a`b"), l("1 to 64 letters, digits and '_'")});
    row("CONTROL_SCHEMA=", {l("CONTROL_SCHEMA="), l("1 to 64 letters, digits and '_'")});
    row("CONTROL_SCHEMA", {l("CONTROL_SCHEMA needs a value"), l("1 to 64 letters")});
    row("MYSQL_OPT_CONNECT_TIMEOUT", {l("MYSQL_OPT_CONNECT_TIMEOUT needs a value")});
    row("MYSQL_OPT_CONNECT_TIMEOUT=-1", {l("MYSQL_OPT_CONNECT_TIMEOUT"), l("=-1"), seconds});
    row("mysql_opt_connect_timeout=x", {l("mysql_opt_connect_timeout"), l("=x"), seconds});
    row("HOSTS=a,b", {l("unknown option HOSTS"), l("POOL_FILE, "), l("CLIENT_")});
    row("=5", {l("without an option name"), l("NAME=VALUE")});
}

void tst_ConnectOptions::refuse()
{
    QFETCH(QString, text);
    QFETCH(QStringList, says);
    const QString error = ConnectOptions::parse(text, source()).error();
    QVERIFY(!error.isEmpty());
    QVERIFY2(error.startsWith(source()), qPrintable(error));
    for (const QString &part : says)
        QVERIFY2(error.contains(part), qPrintable(error));
}

void tst_ConnectOptions::innerIsUnchanged_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("inner");
    const auto row = [](const char *text, const char *inner) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(inner);
    };
    row("", "");
    row("CLIENT_SSL=1;CLIENT_IGNORE_SPACE=1", "CLIENT_SSL=1;CLIENT_IGNORE_SPACE=1");
    row("UNIX_SOCKET=/run/a b/\"x\".sock", "UNIX_SOCKET=/run/a b/\"x\".sock");
    row("CLIENT_COMPRESS;POOL=a;SSL_CA= /x ;RETRY_READS=0;CLIENT_ODBC",
        "CLIENT_COMPRESS;SSL_CA= /x ;CLIENT_ODBC");
    row("SSL_CIPHER=\"a;RETRY_READS=0", "SSL_CIPHER=\"a");
    row("INIT_SQL=\"SSL_KEY=no;\";SSL_KEY=a=b", "SSL_KEY=a=b");
    row("MYSQL_OPT_READ_TIMEOUT=x;MYSQL_OPT_READ_TIMEOUT=2",
        "MYSQL_OPT_READ_TIMEOUT=x;MYSQL_OPT_READ_TIMEOUT=2");
    row("MYSQL_OPT_CONNECT_TIMEOUT=2;CLIENT_FOUND_ROWS=1", "CLIENT_FOUND_ROWS=1");
    row("MYSQL_OPT_SSL_MODE=VERIFY_IDENTITY;MYSQL_OPT_TLS_VERSION=TLSv1.3",
        "MYSQL_OPT_SSL_MODE=VERIFY_IDENTITY;MYSQL_OPT_TLS_VERSION=TLSv1.3");
    row("MYSQL_SET_CHARSET_NAME=latin1;ssl_ca=x", "MYSQL_SET_CHARSET_NAME=latin1;ssl_ca=x");
}

void tst_ConnectOptions::innerIsUnchanged()
{
    QFETCH(QString, text);
    QFETCH(QString, inner);
    const auto options = ConnectOptions::parse(text, source());
    QVERIFY2(options, qPrintable(options.error()));
    QCOMPARE(options->innerText(), inner);
}

void tst_ConnectOptions::asksForNothing_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"MYSQL_OPT_RECONNECT=0", "MYSQL_OPT_RECONNECT=FALSE", "MYSQL_OPT_RECONNECT=no",
          " mysql_opt_reconnect = 0 ", "MYSQL_OPT_CONNECT_TIMEOUT=0",
          " MYSQL_OPT_CONNECT_TIMEOUT = 00 ; MYSQL_OPT_RECONNECT=FALSE;"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void tst_ConnectOptions::asksForNothing()
{
    QFETCH(QString, text);
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
    for (const auto parse : {&ConnectOptions::parse, &ConnectOptions::parseInner}) {
        const auto options = parse(text, source());
        QVERIFY2(options, qPrintable(options.error()));
        QVERIFY(options->own.empty());
        QVERIFY(options->inner.isEmpty());
    }
}

// Accepted in all ways in which QMYSQL takes it, passed on in none, and said in the log once.
void tst_ConnectOptions::reconnectIsWarnedOfOnce()
{
    static int warnings = 0;
    static QString last;
    const QtMessageHandler former = qInstallMessageHandler(
            [](QtMsgType type, const QMessageLogContext &, const QString &text) {
                warnings += type == QtWarningMsg;
                last = text;
            });
    for (const char *text :
         {"MYSQL_OPT_RECONNECT=1", "MYSQL_OPT_RECONNECT", "MYSQL_OPT_RECONNECT=",
          "MYSQL_OPT_RECONNECT=TRUE;MYSQL_OPT_RECONNECT=0", " mysql_opt_reconnect = true "}) {
        const auto options = ConnectOptions::parse(QString::fromUtf8(text), source());
        if (!options || !options->inner.isEmpty() || !options->own.empty())
            last = QString::fromUtf8(text) + options.error(), warnings = -1000;
    }
    qInstallMessageHandler(former);
    QVERIFY2(warnings == 1, qPrintable(last));
    QVERIFY2(last.startsWith(source() + QLatin1String(": MYSQL_OPT_RECONNECT=1")), qPrintable(last));
    QVERIFY2(last.contains(QLatin1String("no effect")), qPrintable(last));
}

void tst_ConnectOptions::secretsStayHidden_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("password") << QStringLiteral("PASSWORD=hunter2");
    QTest::newRow("pwd") << QStringLiteral("PWD = hunter2");
    QTest::newRow("sql not closed") << QStringLiteral("INIT_SQL=\"SET PASSWORD='hunter2'");
    QTest::newRow("sql after quote") << QStringLiteral("INIT_SQL=\"a\"hunter2");
    QTest::newRow("sql twice") << QStringLiteral("INIT_SQL=hunter2;INIT_SQL=b");
    QTest::newRow("before the name") << QStringLiteral("=hunter2");
}

void tst_ConnectOptions::secretsStayHidden()
{
    QFETCH(QString, text);
    const QString error = ConnectOptions::parse(text, source()).error();
    QVERIFY(!error.isEmpty());
    QVERIFY(!error.isEmpty());
    QVERIFY2(!error.contains(QLatin1String("hunter2")), qPrintable(error));
}

void tst_ConnectOptions::suggests_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("meant");
    const auto row = [](const char *name, const char *meant) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(meant);
    };
    row("CHEK_INTERVAL", "CHECK_INTERVAL");
    row("CHECKINTERVAL", "CHECK_INTERVAL");
    row("check-interval", "CHECK_INTERVAL");
    row("RETRY_READ", "RETRY_READS");
    row("BALANEC", "BALANCE");
    row("PEER", "PEERS");
    row("POOLFILE", "POOL_FILE");
    row("SLL_CA", "SSL_CA");
    row("UNIX_SOKET", "UNIX_SOCKET");
    row("HOSTS", "");
    row("X", "");
    row("PASSWORD", "");
}

void tst_ConnectOptions::suggests()
{
    QFETCH(QString, name);
    QFETCH(QString, meant);
    QCOMPARE(closestOption(name), meant);
    const QString error = ConnectOptions::parse(name + QLatin1String("=7"), source()).error();
    QVERIFY(!error.isEmpty());
    QCOMPARE(error.contains(QLatin1String("did you mean ") + meant + u'?'), !meant.isEmpty());
    QCOMPARE(error.contains(name + QLatin1String("=7")), !meant.isEmpty());
}

void tst_ConnectOptions::namedConnectionsOptions()
{
    const auto options =
            ConnectOptions::parseInner(QStringLiteral(
                                               "SSL_CA=/x;FOO=1;MYSQL_OPT_CONNECT_TIMEOUT=2"),
                                       source());
    QVERIFY2(options, qPrintable(options.error()));
    QCOMPARE(options->innerText(), QStringLiteral("SSL_CA=/x;FOO=1"));
    QCOMPARE(options->own.size(), size_t(1));
    QCOMPARE(options->own.at(Option::ConnectTimeout).value, QStringLiteral("2"));

    QVERIFY(ConnectOptions::parseInner(QStringLiteral("MYSQL_OPT_RECONNECT=1"), source())
                    ->inner.isEmpty());
    const QString error = ConnectOptions::parseInner(QStringLiteral("CHECK_INTERVAL=1"), source())
                                  .error();
    QVERIFY2(error.contains(QLatin1String("CHECK_INTERVAL is an option of the QPROXYSQL")),
             qPrintable(error));
}

void tst_ConnectOptions::addMissing()
{
    auto upper = *ConnectOptions::parse(QStringLiteral("BALANCE=first;SSL_CA=/a"),
                                        QStringLiteral("upper"));
    const auto lower =
            *ConnectOptions::parse(QStringLiteral(
                                           "BALANCE=random;RETRY_READS=0;CLIENT_SSL;SSL_CA=/b"),
                                   QStringLiteral("lower"));
    upper.addMissing(lower);
    QCOMPARE(upper.own.at(Option::Balance).value, QStringLiteral("first"));
    QCOMPARE(upper.own.at(Option::Balance).source, QStringLiteral("upper"));
    QCOMPARE(upper.own.at(Option::RetryReads).value, QStringLiteral("0"));
    QCOMPARE(upper.own.at(Option::RetryReads).source, QStringLiteral("lower"));
    QCOMPARE(upper.innerText(), QStringLiteral("SSL_CA=/a;CLIENT_SSL"));
}

QTEST_APPLESS_MAIN(tst_ConnectOptions)
#include "tst_connectoptions.moc"
