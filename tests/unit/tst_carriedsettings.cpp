// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/carriedsettings.h"
#include "sql/sessionsettings.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

/// What is written for another session, and what is too doubtful to be written.
class tst_CarriedSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statementsInOrder()
    {
        CarriedSettings settings;
        QVERIFY(settings.isEmpty());
        QVERIFY(settings.carry(findSessionSetting("tx_isolation"), u"READ-COMMITTED"_s));
        QVERIFY(settings.carry(findSessionSetting("collation_connection"), u"latin1_bin"_s));
        QVERIFY(settings.carry(findSessionSetting("time_zone"), u"+03:00"_s));
        QVERIFY(settings.carry(findSessionSetting("character_set_connection"), u"latin1"_s));
        QVERIFY(settings.carry(0, u"a`b"_s));
        QVERIFY(settings.hasCharset());
        QCOMPARE(settings.statements(false),
                 QStringList({u"USE `a``b`"_s,
                              u"SET autocommit=0,character_set_connection='latin1',"
                              "collation_connection='latin1_bin',time_zone='+03:00'"_s,
                              u"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"_s}));
    }

    void onlyAutocommit()
    {
        QCOMPARE(CarriedSettings().statements(true), QStringList{u"SET autocommit=1"_s});
        QCOMPARE(CarriedSettings().statements(std::nullopt), QStringList());
    }

    void values_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("written");
        const auto row = [](const char *name, const QString &value, const char *written) {
            QTest::addRow("%s=%s", name, qPrintable(value))
                    << QString::fromLatin1(name) << value << QString::fromLatin1(written);
        };
        row("sql_mode", u""_s, "SET sql_mode=''");
        row("sql_mode", QString(), "");
        row("sql_mode", u"it's"_s, "");
        row("sql_mode", u"a\\"_s, "");
        row("sql_mode", u"ü"_s, "");
        row("time_zone", u"SYSTEM"_s, "SET time_zone='SYSTEM'");
        row("foreign_key_checks", u"OFF"_s, "SET foreign_key_checks='OFF'");
        row("foreign_key_checks", u"false"_s, "SET foreign_key_checks=false");
        row("sql_select_limit", u"18446744073709551615"_s,
            "SET sql_select_limit=18446744073709551615");
        row("max_statement_time", u"0.500000"_s, "SET max_statement_time=0.500000");
        row("character_set_results", u""_s, ""); // NULL
        row("tx_isolation", u"2"_s, "");
    }

    void values()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, written);
        const QByteArray latin = name.toLatin1();
        const int setting = findSessionSetting({latin.constData(), size_t(latin.size())});
        QVERIFY(setting >= 0);
        CarriedSettings settings;
        QCOMPARE(settings.carry(setting, value), !written.isEmpty());
        QCOMPARE(settings.statements(std::nullopt).join(u';'), written);
    }

    void whatCannotBeWrittenIsForgotten()
    {
        const int zone = findSessionSetting("TIME_ZONE");
        CarriedSettings settings;
        QVERIFY(settings.carry(zone, u"+03:00"_s));
        QVERIFY(settings.carry(zone, u"+04:00"_s));
        QCOMPARE(settings.value(zone), u"+04:00"_s);
        QVERIFY(!settings.carry(zone, QString()));
        QVERIFY(settings.isEmpty());
    }

    void neverOnTheList_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : {"insert_id", "last_insert_id", "identity", "rand_seed1",
                                 "timestamp", "pseudo_thread_id", "gtid_seq_no",
                                 "auto_increment_offset", "sql_log_bin", "schema", "autocommit", ""})
            QTest::newRow(name) << QByteArray(name);
    }

    void neverOnTheList()
    {
        QFETCH(QByteArray, name);
        QCOMPARE(findSessionSetting({name.constData(), size_t(name.size())}), -1);
    }

    void trackingIsAskedForByName()
    {
        const QStringList mariaDb = trackingStatements(u"10.11.6-MariaDB"_s);
        QCOMPARE(mariaDb.size(), 2);
        QVERIFY(mariaDb.at(0).contains(u",sql_mode,"_s) && mariaDb.at(1).contains(u"'*'"_s));
        QVERIFY2(!mariaDb.at(0).contains(u"max_execution_time"_s), "an error on MariaDB");
        QCOMPARE(trackingStatements(u"5.5.5-10.11.6-MariaDB"_s), mariaDb);
        const QStringList mySql = trackingStatements(u"8.0.36"_s);
        QCOMPARE(mySql.size(), 1);
        QVERIFY2(!mySql.at(0).contains(u'*'), "MySQL reports statement_id with every packet then");
        QVERIFY(mySql.at(0).contains(u"max_execution_time"_s));
        for (const QString &old : {u"10.1.48-MariaDB"_s, u"5.6.51"_s, QString()})
            QVERIFY2(trackingStatements(old).isEmpty(), qPrintable(old));
    }
};

QTEST_APPLESS_MAIN(tst_CarriedSettings)
#include "tst_carriedsettings.moc"
