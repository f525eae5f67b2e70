// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sessionpicture.h"

#include "sandbox/fulltests.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

const QString Clean = u"SELECT 1"_s;
const QString Light = u"SET @a = 1"_s; // the schema stays

/// What a former user may have done, without what keeps a session from being handed on.
const QString Messy =
        u"SET @a = 1; SET @i = 2; SET SESSION sql_mode = 'ANSI'; SET time_zone = '+05:00';"
        "SET character_set_results = NULL; SET max_statement_time = 3; SET wait_timeout = 99;"
        "SET interactive_timeout = 77; SET sql_auto_is_null = 1; SET foreign_key_checks = 0;"
        "SET insert_id = 7; SET last_insert_id = 9; SET timestamp = 1; SET lc_time_names = 'de_DE';"
        "SET tx_isolation = 'SERIALIZABLE'; SET optimizer_switch = 'index_merge=off';"
        "SET sql_safe_updates = 1; SET sql_big_selects = 0; SET group_concat_max_len = 5;"
        "CREATE TEMPORARY TABLE test.t SELECT 7 AS a; DO GET_LOCK('l', 0);"
        "SET NAMES latin1; USE other; SET SESSION TRANSACTION READ ONLY; SET autocommit = 0;"
        "SET TRANSACTION READ WRITE; SELECT COUNT(*) FROM test.words; SET sql_select_limit = 1;"
        "LOCK TABLES other.v READ; HANDLER v OPEN"_s;

// What no reset removes: the history of statements, and an active role.
const QString Profiled = u"SET profiling = 1; SELECT * FROM test.t"_s;
const QString Traced = u"SET optimizer_trace = 'enabled=on'; SELECT * FROM test.t"_s;
const QString Roled = u"SET ROLE r2; SELECT NEXTVAL(test.s)"_s;

struct Use
{
    const char *name;
    QString sql;
    bool isKept;
};

const std::array Uses{Use{"clean", Clean, true},    Use{"light", Light, true},
                      Use{"messy", Messy, true},    Use{"profiled", Profiled, false},
                      Use{"traced", Traced, false}, Use{"role", Roled, false}};

QStringList statementsOf(const QString &sql)
{
    return sql.split(u';', Qt::SkipEmptyParts);
}

} // namespace

/// A session that was handed on is like one that has just logged in.
class tst_HandedOn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        root(u"CREATE SCHEMA u8 CHARACTER SET utf8mb4; CREATE SCHEMA l2 CHARACTER SET latin2;"
             "CREATE SCHEMA other; CREATE TABLE test.t (a INT); CREATE TABLE test.counted (a INT);"
             "CREATE TABLE test.words (a INT); CREATE SEQUENCE test.s; INSERT INTO test.counted "
             "VALUES (1);"
             "CREATE ROLE r1; CREATE ROLE r2; GRANT ALL ON *.* TO app;"
             "SET GLOBAL interactive_timeout = 100"_s);
        for (const char *schema : {"test", "u8", "l2", "other"})
            root(tableOf(QLatin1String(schema)));
    }

    void init()
    {
        root(u"CREATE OR REPLACE USER plain, limited, roled, super"_s);
        root(u"GRANT ALL ON *.* TO limited, roled, super;"
             "GRANT ALL ON test.* TO plain; GRANT ALL ON u8.* TO plain; GRANT ALL ON l2.* TO plain;"
             "GRANT ALL ON other.* TO plain;"
             "ALTER USER limited WITH MAX_STATEMENT_TIME 7; GRANT r1 TO roled; GRANT r2 TO roled;"
             "SET DEFAULT ROLE r1 FOR roled; REVOKE SUPER, CONNECTION ADMIN ON *.* FROM limited, roled"_s);
    }

    void cleanup()
    {
        root(u"DROP USER plain, limited, roled, super;"
             "SET GLOBAL init_connect = '', time_zone = SYSTEM, lock_wait_timeout = 86400"_s);
    }

    void agreesWithALogin_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("initConnect");
        QTest::addColumn<QString>("use");
        QTest::addColumn<bool>("isKept");
        const auto row = [](const QString &user, const QString &schema, const QString &options,
                            const QString &initConnect, bool isKept) {
            for (const Use &use : Uses) {
                const QStringList name{user, schema, options, initConnect, QLatin1String(use.name)};
                QTest::newRow(qPrintable(name.join(u'|')))
                        << user << schema << options << initConnect << use.sql
                        << (use.isKept && (isKept || use.sql == Clean));
            }
        };
        for (const QString &user : {u"plain"_s, u"limited"_s, u"super"_s}) {
            for (const QString &schema : {u"test"_s, u"u8"_s, u"l2"_s})
                row(user, schema, {}, {}, true);
        }
        row(u"plain"_s, {}, {}, {}, true);
        row(u"roled"_s, u"u8"_s, {}, {}, false);
        for (const QString &options :
             {u"CLIENT_FOUND_ROWS=1"_s, u"CLIENT_COMPRESS=1"_s, u"MYSQL_OPT_READ_TIMEOUT=5"_s,
              u"INIT_SQL=SET @i = 3"_s, u"INIT_SQL=\"SET lock_wait_timeout = 5; USE l2\""_s,
              u"INIT_SQL=SET NAMES latin1"_s, u"INIT_SQL=SET character_set_client = latin1"_s})
            row(u"plain"_s, u"u8"_s, options, {}, true);
        for (const QString &options :
             {u"CLIENT_INTERACTIVE=1"_s, u"CLIENT_IGNORE_SPACE"_s, u"CLIENT_NO_SCHEMA=1"_s})
            row(u"plain"_s, u"u8"_s, options, {}, false);
        for (const QString &user : {u"plain"_s, u"super"_s, u"limited"_s})
            row(user, u"u8"_s, {}, u"SET @i = 5, lock_wait_timeout = 7"_s, false);
    }

    void agreesWithALogin()
    {
        QFETCH(QString, user);
        QFETCH(QString, schema);
        QFETCH(QString, options);
        QFETCH(QString, initConnect);
        QFETCH(QString, use);
        QFETCH(bool, isKept);
        root(u"SET GLOBAL init_connect = '%1'"_s.arg(initConnect));
        const Login login{user, schema, options};
        const SessionPicture fresh = freshPicture(login);

        const auto db = kept(login);
        QVERIFY2(db->open(), qPrintable(db->error().text()));
        const auto useIt = [&] { run(*db, use); };
        if (isKept) {
            QVERIFY(db->reopensSameSession(useIt));
        } else {
            useIt();
            db->get().close();
            QVERIFY2(db->open(), qPrintable(db->error().text()));
        }
        const QStringList differences = SessionPicture::of(*db).differencesFrom(fresh);
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
    }

    // What others do to the server between close() and open().
    void seesWhatHasChangedMeanwhile_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("use");
        const auto row = [](const char *name, const char *user, const char *change) {
            QTest::addRow("%s|light", name)
                    << QString::fromLatin1(user) << QString::fromLatin1(change) << Light;
            QTest::addRow("%s|messy", name)
                    << QString::fromLatin1(user) << QString::fromLatin1(change) << Messy;
        };
        row("schema's charset", "plain", "ALTER SCHEMA u8 CHARACTER SET greek");
        row("schema again", "plain",
            "DROP SCHEMA u8; CREATE SCHEMA u8 CHARACTER SET latin2; "
            "CREATE TABLE u8.v (s VARCHAR(99) CHARACTER SET utf8mb4)");
        row("limit", "limited", "ALTER USER limited WITH MAX_STATEMENT_TIME 9");
        row("no limit", "limited", "ALTER USER limited WITH MAX_STATEMENT_TIME 0");
        row("role", "roled", "SET DEFAULT ROLE r2 FOR roled");
        row("no role", "roled", "SET DEFAULT ROLE NONE FOR roled");
        row("role of a plain user", "plain", "GRANT r2 TO plain; SET DEFAULT ROLE r2 FOR plain");
        row("init_connect", "plain", "SET GLOBAL init_connect = 'SET @i = 5'");
        row("global variables", "plain",
            "SET GLOBAL time_zone = '+03:00'; SET GLOBAL lock_wait_timeout = 77");
    }

    void seesWhatHasChangedMeanwhile()
    {
        QFETCH(QString, user);
        QFETCH(QString, change);
        QFETCH(QString, use);
        const Login login{user, u"u8"_s, {}};
        const auto db = kept(login);
        QVERIFY2(db->open(), qPrintable(db->error().text()));
        run(*db, use);
        root(change);
        db->get().close();
        QVERIFY2(db->open(), qPrintable(db->error().text()));
        const SessionPicture handedOn = SessionPicture::of(*db);
        const SessionPicture fresh = freshPicture(login);
        root(u"ALTER SCHEMA u8 CHARACTER SET utf8mb4"_s);
        const QStringList differences = handedOn.differencesFrom(fresh);
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
    }

    void accountThatIsGoneIsRefused()
    {
        const Login login{u"plain"_s, u"u8"_s, {}};
        const auto db = kept(login);
        QVERIFY2(db->open(), qPrintable(db->error().text()));
        run(*db, Light);
        root(u"RENAME USER plain TO elsewhere"_s);
        db->get().close();
        QVERIFY(!db->open());
        QCOMPARE(db->error().nativeErrorCode(), u"1045"_s);
        root(u"RENAME USER elsewhere TO plain"_s);
        QVERIFY2(db->open(), qPrintable(db->error().text()));
    }

    // Where nothing but reads ran nobody is asked, for 5 s at most (1 s without an answer).
    void cleanSessionIsNotBelievedForEver_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("options");
        const QString alter = u"ALTER SCHEMA l2 CHARACTER SET greek"_s;
        const QString charset = u"SELECT @@character_set_database"_s;
        QTest::newRow("schema's charset") << alter << charset << u"greek"_s << QString();
        if (!RunsAllData) // five seconds each
            return;
        QTest::newRow("schema's charset, CHECK_SQL")
                << alter << charset << u"greek"_s << u"CHECK_SQL=SELECT 1"_s;
        QTest::newRow("global variable") << u"SET GLOBAL lock_wait_timeout = 77"_s
                                         << u"SELECT @@lock_wait_timeout"_s << u"77"_s << QString();
    }

    void cleanSessionIsNotBelievedForEver()
    {
        QFETCH(QString, change);
        QFETCH(QString, question);
        QFETCH(QString, answer);
        QFETCH(QString, options);
        const auto db = kept({u"plain"_s, u"l2"_s, options});
        QVERIFY2(db->open(), qPrintable(db->error().text()));
        QVERIFY(db->value(question).toString() != answer);
        db->get().close();
        root(change);
        const auto reopened = [&] {
            db->open();
            const QString now = db->value(question).toString();
            db->get().close();
            return now;
        };
        QTRY_COMPARE_WITH_TIMEOUT(reopened(), answer, 10'000);
        root(u"ALTER SCHEMA l2 CHARACTER SET latin2"_s);
    }

private:
    struct Login
    {
        QString user;
        QString schema;
        QString options;
    };

    void root(const QString &sql)
    {
        for (const QString &statement : statementsOf(sql)) {
            const Answer answer = m_servers[0].executeAsRoot(statement);
            QVERIFY2(answer, qPrintable(statement + u": "_s + answer.errorString));
        }
    }

    static QString tableOf(const QString &schema)
    {
        return u"CREATE TABLE %1.v (s VARCHAR(99) CHARACTER SET utf8mb4)"_s.arg(schema);
    }

    static void run(const ScopedDatabase &db, const QString &sql)
    {
        for (const QString &statement : statementsOf(sql)) {
            QSqlQuery query(db.get());
            query.exec(statement); // not everybody may do everything
        }
    }

    std::unique_ptr<ScopedDatabase> database(const Login &login, const QString &options)
    {
        QStringList all{options};
        if (!login.options.isEmpty())
            all += login.options;
        auto db = std::make_unique<ScopedDatabase>(m_servers[0].address(), all.join(u';'));
        QSqlDatabase handle = db->get();
        handle.setUserName(login.user);
        handle.setPassword({});
        handle.setDatabaseName(login.schema);
        return db;
    }

    std::unique_ptr<ScopedDatabase> kept(const Login &login)
    {
        static int number = 0;
        return database(login, u"POOL=kept%1"_s.arg(++number));
    }

    SessionPicture freshPicture(const Login &login)
    {
        const auto db = database(login, u"POOL=fresh;MAX_IDLE=0"_s);
        if (!db->open())
            qWarning() << db->error();
        return SessionPicture::of(*db);
    }

    ServerGroup m_servers{1, {u"--character-set-server=latin1"_s, u"--local-infile=1"_s}};
};

QTEST_GUILESS_MAIN(tst_HandedOn)
#include "tst_handedon.moc"
