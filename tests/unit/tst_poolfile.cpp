// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/poolfilestore.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace qproxysql;

namespace {

QString path()
{
    return QStringLiteral("/pools.ini");
}

/// What qproxysql.config logged while it lives.
class LogCapture
{
public:
    LogCapture()
    {
        s_lines.clear();
        m_former = qInstallMessageHandler(
                [](QtMsgType, const QMessageLogContext &context, const QString &text) {
                    if (qstrcmp(context.category, "qproxysql.config") == 0)
                        s_lines.append(text);
                });
    }
    ~LogCapture() { qInstallMessageHandler(m_former); }

    int count(const char *text) const
    {
        return int(s_lines.filter(QString::fromUtf8(text)).size());
    }

private:
    static inline QStringList s_lines;
    QtMessageHandler m_former;
};

} // namespace

class tst_PoolFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsEverything();
    void layout_data();
    void layout();
    void values_data();
    void values();
    void refuse_data();
    void refuse();
    void warns_data();
    void warns();
    void tooLarge();

    void storeKeepsLastGood();
    void storeLogsOncePerContent();
    void storeWarnsOncePerKey();
    void storeWithoutGoodVersion();
    void defaultPath();

private:
    QString write(const QByteArray &content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_PoolFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

QString tst_PoolFile::write(const QByteArray &content) const
{
    QFile file(m_folder->filePath(QStringLiteral("pools.ini")));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

void tst_PoolFile::readsEverything()
{
    const QByteArray content = "# fleet\n"
                               "[orders]\n"
                               "peers = db1:3306*3, db2, [2001:db8::1]:3307\n"
                               "Check_Interval = 5\n"
                               "connect_timeout=1.5\n"
                               "balance = LEASTCONN\n"
                               "check_sql = SELECT 'a;b' # no comment, \\n 100%\n"
                               "peer_driver = qmariadb\n"
                               "control = off\n"
                               "max_idle = 0\n"
                               "max_lifetime = 0.5\n"
                               "\n"
                               "; second\n"
                               "[ Stock ]\n"
                               "peers=db9\n";
    const auto file = PoolFile::parse(content, path());
    QVERIFY2(file, qPrintable(file.error()));
    QVERIFY(file->warnings().isEmpty());
    QCOMPARE(file->poolNames(), (QStringList{QStringLiteral("orders"), QStringLiteral("Stock")}));

    const PoolDefinition &orders = file->pools().at(0);
    QCOMPARE(orders.peers.size(), 3);
    QCOMPARE(orders.peers[0].address.name(), QStringLiteral("db1:3306"));
    QCOMPARE(orders.peers[0].weight, 3);
    QCOMPARE(orders.peers[1].address.name(), QStringLiteral("db2:3306"));
    QCOMPARE(orders.peers[2].address.name(), QStringLiteral("[2001:db8::1]:3307"));
    QCOMPARE(orders.policy.checkInterval.count(), 5000);
    QCOMPARE(orders.policy.connectTimeout.count(), 1500);
    QCOMPARE(orders.policy.balance, Balance::LeastConn);
    QCOMPARE(orders.policy.checkSql, QStringLiteral("SELECT 'a;b' # no comment, \\n 100%"));
    QCOMPARE(orders.policy.peerDriver, QStringLiteral("QMARIADB"));
    QCOMPARE(orders.policy.control, Control::Off);
    QCOMPARE(orders.policy.maxLifetime.count(), 500);
    QVERIFY(orders.fromFile);
    QCOMPARE(orders.filePath, path());

    const PoolDefinition *stock = file->find(QStringLiteral("STOCK"));
    QVERIFY(stock);
    QVERIFY(stock->policy == PoolPolicy());
    QVERIFY(!file->find(QStringLiteral("none")));
}

void tst_PoolFile::layout_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("unix") << QByteArray("[a]\npeers=db1\n");
    QTest::newRow("no last newline") << QByteArray("[a]\npeers=db1");
    QTest::newRow("windows") << QByteArray("[a]\r\npeers = db1\r\n\r\n");
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf[a]\npeers=db1\n");
    QTest::newRow("indented") << QByteArray("  [a]\n\tpeers =\tdb1 \n   # x\n");
    QTest::newRow("upper case key") << QByteArray("[a]\nPEERS=db1\n");
}

void tst_PoolFile::layout()
{
    QFETCH(QByteArray, content);
    const auto file = PoolFile::parse(content, path());
    QVERIFY2(file, qPrintable(file.error()));
    QCOMPARE(file->pools().size(), 1);
    QCOMPARE(file->pools().at(0).name, QStringLiteral("a"));
    QCOMPARE(file->pools().at(0).peers.size(), 1);
}

void tst_PoolFile::values_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *written, const char *value) {
        QTest::newRow(written) << QByteArray(written) << QString::fromUtf8(value);
    };
    row("SELECT 1, 2", "SELECT 1, 2");
    row("SELECT 1;", "SELECT 1;");
    row("\"SELECT 1; SELECT 2\"", "SELECT 1; SELECT 2");
    row("\" a\"\"b \"", " a\"b ");
    row("SELECT \"x\"", "SELECT \"x\"");
    row("SELECT a=b", "SELECT a=b");
    row("C:\\new\\table %20", "C:\\new\\table %20");
    row("\xc3\xbc", "\xc3\xbc");
    row("", "");
}

void tst_PoolFile::values()
{
    QFETCH(QByteArray, written);
    QFETCH(QString, value);
    const auto file = PoolFile::parse("[a]\npeers=db1\ncheck_sql = " + written + "\n", path());
    QVERIFY2(file, qPrintable(file.error()));
    QCOMPARE(file->pools().at(0).policy.checkSql, value);
}

void tst_PoolFile::refuse_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *tag, const QByteArray &content, const char *where,
                        const char *says) {
        QTest::newRow(tag) << content << QString::fromUtf8(where) << QString::fromUtf8(says);
    };
    row("empty", "", "/pools.ini", "has no pool");
    row("only comments", "# a\n\n", "/pools.ini", "has no pool");
    row("no peers", "[a]\nbalance=first\n[b]\npeers=x\n", "line 1", "pool a has no peers");
    row("no peers at the end", "[b]\npeers=x\n[a]\n", "line 3", "pool a has no peers");
    row("key before pool", "peers=x\n[a]\n", "line 1", "before the first pool");
    row("not a line", "[a]\npeers=x\nhello\n", "line 3", "expected [NAME]");
    row("no key", "[a]\n= x\n", "line 2", "without a key");
    row("section not closed", "[a\npeers=x\n", "line 1", "\"[a\" is no pool");
    row("section empty", "[]\n", "line 1", "is no pool");
    row("section with blank", "[a b]\n", "line 1", "1 to 64 letters");
    row("section and more", "[a] # x\n", "line 1", "is no pool");
    row("pool twice", "[a]\npeers=x\n\n[A]\npeers=y\n", "line 4", "already in line 1");
    row("key twice", "[a]\npeers=x\nPeers=y\n", "line 3", "already in line 2");
    row("peers empty", "[a]\npeers=\n", "line 2", "empty entry");
    row("peer twice", "[a]\npeers=x,x:3306\n", "line 2", "names x:3306 twice");
    row("peer garbage", "[a]\npeers=x, y z\n", "line 2", "\"y z\" cannot be a peer");
    row("weight", "[a]\npeers=x*0\n", "line 2", "1 to 1000");
    row("number", "[a]\npeers=x\ncheck_interval=soon\n", "line 3",
        "CHECK_INTERVAL=soon is not allowed; allowed is a number of seconds");
    row("word", "[a]\npeers=x\nbalance=fast\n", "line 3", "random, leastconn or first");
    row("control", "[a]\npeers=x\ncontrol=cluster\n", "line 3", "off, local or fleet");
    row("max_lifetime", "[a]\npeers=x\nmax_lifetime=-1\n", "line 3", "0 for no limit");
    row("max_idle", "[a]\npeers=x\nmax_idle=1001\n", "line 3", "from 0 to 1000");
    row("schema", "[a]\npeers=x\ncontrol_schema=x-y\n", "line 3", "1 to 64 letters");
    row("quote open", "[a]\npeers=x\ncheck_sql=\"a\n", "line 3", "check_sql begins with a double");
    row("quote and more", "[a]\npeers=x\ncheck_sql=\"a\" b\n", "line 3", "check_sql begins");
    row("not utf-8", "[a]\npeers=x\n# \xff\xfe\n", "line 3", "UTF-8");
    row("binary", QByteArray("[a]\npeers=x\0y\n", 13), "line 2", "UTF-8");
    row("user", "[a]\npeers=x\nuser=hunter2\n", "line 3", "no secrets");
    row("password", "[a]\npeers=x\nPassword = hunter2\n", "line 3", "no secrets");
    row("username", "[a]\npeers=x\nusername=hunter2\n", "line 3", "no secrets");
    row("pwd", "pwd=hunter2\n", "line 1", "no secrets");
    row("mysql_password", "[a]\nmysql_password=hunter2\n", "line 2", "no secrets");
}

void tst_PoolFile::refuse()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, where);
    QFETCH(QString, says);
    const QString error = PoolFile::parse(content, path()).error();
    QVERIFY2(error.startsWith(path()), qPrintable(error));
    QVERIFY2(error.contains(where), qPrintable(error));
    QVERIFY2(error.contains(says), qPrintable(error));
    QVERIFY2(!error.contains(QLatin1String("hunter2")), qPrintable(error));
}

void tst_PoolFile::warns_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *key, const char *says) {
        QTest::newRow(key) << QByteArray(key) << QString::fromUtf8(says);
    };
    row("colour", "unknown key colour is ignored");
    row("chek_interval", "did you mean check_interval?");
    row("open_deadline", "connect option");
    row("init_sql", "connect option");
    row("pool_file", "connect option");
    row("ssl_ca", "unknown key ssl_ca");
}

void tst_PoolFile::warns()
{
    QFETCH(QByteArray, key);
    QFETCH(QString, says);
    const auto file = PoolFile::parse("[a]\npeers=x\n" + key + "=1\n", path());
    QVERIFY2(file, qPrintable(file.error()));
    QCOMPARE(file->warnings().size(), 1);
    const PoolFile::Warning &warning = file->warnings().at(0);
    QCOMPARE(warning.line, 3);
    QCOMPARE(warning.key.toUtf8(), key);
    QVERIFY2(warning.text.startsWith(QLatin1String("/pools.ini, line 3: ")),
             qPrintable(warning.text));
    QVERIFY2(warning.text.contains(says), qPrintable(warning.text));
    QVERIFY(file->pools().at(0).policy == PoolPolicy());
}

void tst_PoolFile::tooLarge()
{
    const QByteArray content = "[a]\npeers=x\n" + QByteArray(5 * 1024 * 1024, '#');
    const QString error = PoolFile::parse(content, path()).error();
    QVERIFY2(error.contains(QLatin1String("4 MiB")), qPrintable(error));
}

void tst_PoolFile::storeKeepsLastGood()
{
    LogCapture log;
    PoolFileStore &store = PoolFileStore::instance();
    const QString file = write("[a]\npeers=db1\n");
    const auto first = store.read(file);
    QVERIFY2(first, qPrintable(first.error()));
    QCOMPARE(store.read(file), first);

    write("[a]\npeers=db1,\n");
    QCOMPARE(store.read(file), first);
    write("");
    QCOMPARE(store.read(file), first);
    QVERIFY(QFile::remove(file));
    QCOMPARE(store.read(file), first);
    QCOMPARE(log.count("last good version stays in force"), 3);
    QCOMPARE(log.count("can be read again"), 0);

    write("[a]\npeers=db2\n");
    const auto second = store.read(file);
    QVERIFY(second && *second != *first);
    QCOMPARE((*second)->pools().at(0).peers.at(0).address.host, QStringLiteral("db2"));
    QCOMPARE(log.count("can be read again"), 1);
}

void tst_PoolFile::storeLogsOncePerContent()
{
    LogCapture log;
    PoolFileStore &store = PoolFileStore::instance();
    const QString file = write("[a]\npeers=db1\n");
    QVERIFY(store.read(file));
    for (int i = 0; i < 3; ++i) {
        write("[a]\npeers=db1*x\n");
        QVERIFY(store.read(file));
        write("[a]\npeers=db1*y\n");
        QVERIFY(store.read(file));
    }
    QCOMPARE(log.count("db1*x"), 1);
    QCOMPARE(log.count("db1*y"), 1);
}

void tst_PoolFile::storeWarnsOncePerKey()
{
    LogCapture log;
    PoolFileStore &store = PoolFileStore::instance();
    const QString file = write("[a]\npeers=db1\ncolour=1\n[b]\npeers=db1\nColour=2\n");
    QVERIFY(store.read(file));
    write("[a]\npeers=db1\n\ncolour=3\nshape=1\n");
    QVERIFY(store.read(file));
    QCOMPARE(log.count("olour"), 1);
    QCOMPARE(log.count("shape"), 1);
}

void tst_PoolFile::storeWithoutGoodVersion()
{
    LogCapture log;
    PoolFileStore &store = PoolFileStore::instance();
    const QString missing = m_folder->filePath(QStringLiteral("none.ini"));
    QString error = store.read(missing).error();
    QVERIFY2(error.contains(missing) && error.contains(QLatin1String("no such file")),
             qPrintable(error));
    error = store.read(m_folder->path()).error();
    QVERIFY2(error.contains(QLatin1String("it is no file")), qPrintable(error));
    const QString broken = write("[a]\n");
    error = store.read(broken).error();
    QVERIFY2(error.contains(broken) && error.contains(QLatin1String("line 1")), qPrintable(error));
    QCOMPARE(log.count("has no effect"), 3);
}

void tst_PoolFile::defaultPath()
{
    const QByteArray formerHome = qgetenv("XDG_CONFIG_HOME");
    const QByteArray formerDirs = qgetenv("XDG_CONFIG_DIRS");
    const QDir folder(m_folder->path());
    QVERIFY(folder.mkdir(QStringLiteral("user")) && folder.mkdir(QStringLiteral("system")));
    qputenv("XDG_CONFIG_HOME", folder.filePath(QStringLiteral("user")).toUtf8());
    qputenv("XDG_CONFIG_DIRS", folder.filePath(QStringLiteral("system")).toUtf8());

    qunsetenv("QPROXYSQL_CONFIG");
    QCOMPARE(PoolFileStore::defaultPath(), QString());
#ifdef Q_OS_LINUX
    const auto touch = [&](const QString &name) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) ? file.fileName() : QString();
    };
    const QString system = touch(QStringLiteral("system/qproxysql.ini"));
    QCOMPARE(PoolFileStore::defaultPath(), system);
    const QString user = touch(QStringLiteral("user/qproxysql.ini"));
    QCOMPARE(PoolFileStore::defaultPath(), user);
#endif
    qputenv("QPROXYSQL_CONFIG", "/elsewhere.ini");
    QCOMPARE(PoolFileStore::defaultPath(), QStringLiteral("/elsewhere.ini"));
    qputenv("QPROXYSQL_CONFIG", "");
    QCOMPARE(PoolFileStore::defaultPath(), QString());

    qputenv("XDG_CONFIG_HOME", formerHome);
    qputenv("XDG_CONFIG_DIRS", formerDirs);
}

QTEST_GUILESS_MAIN(tst_PoolFile)
#include "tst_poolfile.moc"
