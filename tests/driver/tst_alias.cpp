// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/driversource.h"

#include "sandbox/servergroup.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// A program that names QMYSQL in its code, with the alias plugin first in its plugin folders.
class tst_Alias : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QCoreApplication::setLibraryPaths(m_paths); }
    void aliasIsAllThereIs();
    void innerDriverIsQts_data();
    void innerDriverIsQts();
    void programGetsOurs_data();
    void programGetsOurs();
    void optionsNobodyKnows();

private:
    QStringList m_paths;
    ServerGroup m_servers{1};
};

void tst_Alias::initTestCase()
{
    m_paths = QStringList{QStringLiteral(ALIAS_FOLDER)} + QCoreApplication::libraryPaths();
    QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
}

// First, since a driver that was found once stays.
void tst_Alias::aliasIsAllThereIs()
{
    QCoreApplication::setLibraryPaths({QStringLiteral(ALIAS_FOLDER), QStringLiteral(PLUGIN_FOLDER)});
    const auto source = DriverSource::of(u"QMYSQL"_s);
    QVERIFY(!source);
    const QString error = source.error();
    QVERIFY2(error.contains("alias"_L1), qPrintable(error));
    QVERIFY2(error.contains("libqt6sql6-mysql"_L1), qPrintable(error));

    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QMYSQL"_s, u"lonely"_s);
        db.setHostName(m_servers.hostList());
        QVERIFY(!db.open());
        QVERIFY2(db.lastError().text().contains(error), qPrintable(db.lastError().text()));
    }
    QSqlDatabase::removeDatabase(u"lonely"_s);
}

void tst_Alias::innerDriverIsQts_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("QMYSQL") << u"QMYSQL"_s;
    QTest::newRow("QMARIADB") << u"QMARIADB"_s;
}

void tst_Alias::innerDriverIsQts()
{
    QFETCH(const QString, name);
    const auto source = DriverSource::of(name);
    QVERIFY2(source, qPrintable(source.error()));
    QVERIFY2((*source)->file().contains("qsqlmysql"_L1), qPrintable((*source)->file()));
    QCOMPARE((*source)->create()->get()->metaObject()->className(), "QMYSQLDriver");
}

void tst_Alias::programGetsOurs_data()
{
    innerDriverIsQts_data();
}

void tst_Alias::programGetsOurs()
{
    QFETCH(const QString, name);
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(name, u"program"_s);
        db.setHostName(u"127.0.0.1"_s);
        db.setPort(m_servers[0].port());
        db.setUserName(u"app"_s);
        db.setPassword(u"secret"_s);
        db.setDatabaseName(u"test"_s);
        QVERIFY2(db.open(), qPrintable(db.lastError().text()));
        QCOMPARE(db.driverName(), name);
        QCOMPARE(db.driver()->dbmsType(), QSqlDriver::MySqlServer);
        QCOMPARE(db.driver()->property("currentPeer").toString(), m_servers[0].address());
        QSqlQuery query(u"SELECT 41 + 1"_s, db);
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toInt(), 42);

        QSqlDatabase clone = QSqlDatabase::cloneDatabase(db, u"clone"_s);
        QVERIFY2(clone.open(), qPrintable(clone.lastError().text()));
        QVERIFY(!clone.driver()->property("currentPeer").toString().isEmpty());
    }
    QSqlDatabase::removeDatabase(u"clone"_s);
    QSqlDatabase::removeDatabase(u"program"_s);
}

// QMYSQL logs and ignores them. Who asks for QPROXYSQL gets an error.
void tst_Alias::optionsNobodyKnows()
{
    const auto open = [this](const QString &driver) {
        QString error;
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(driver, u"options"_s);
            db.setHostName(m_servers.hostList());
            db.setUserName(u"app"_s);
            db.setPassword(u"secret"_s);
            db.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5;CLIENT_FOUND_ROWS=1"_s);
            error = db.open() ? QString() : db.lastError().text();
        }
        QSqlDatabase::removeDatabase(u"options"_s);
        return error;
    };
    QCOMPARE(open(u"QMYSQL"_s), QString());
    const QString error = open(u"QPROXYSQL"_s);
    QVERIFY2(error.contains("QSQLITE_BUSY_TIMEOUT"_L1), qPrintable(error));
}

QTEST_GUILESS_MAIN(tst_Alias)
#include "tst_alias.moc"
