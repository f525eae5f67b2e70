// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/scenarios.h"
#include "sandbox/servergroup.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtTest/QTest>

using namespace qproxysql::parity;
using qproxysql::sandbox::ServerGroup;

/// One list of what applications do, run on QMYSQL and on QPROXYSQL over one server: no observation
/// may differ. What crashes QMYSQL is left out here and tested in tst_lifetime.
class tst_Parity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void observations_data();
    void observations();

private:
    QStringList observe(const Scenario &scenario, const QString &driver);

    std::unique_ptr<ServerGroup> m_servers;
    std::vector<Scenario> m_scenarios;
};

QSqlDatabase Target::add(const QString &name) const
{
    QSqlDatabase db = QSqlDatabase::addDatabase(m_driver, name);
    db.setHostName(QStringLiteral("127.0.0.1"));
    db.setPort(m_port);
    db.setUserName(QStringLiteral("app"));
    db.setPassword(QStringLiteral("secret"));
    db.setDatabaseName(QStringLiteral("test"));
    return db;
}

void tst_Parity::initTestCase()
{
    m_servers = std::make_unique<ServerGroup>(1);
    QVERIFY2(m_servers->start(), qPrintable(m_servers->errorString()));
    for (const auto &list :
         {bindingScenarios(), resultScenarios(), valueScenarios(), errorScenarios(),
          modelScenarios(), driverScenarios(), lifecycleScenarios(), sequenceScenarios()})
        m_scenarios.insert(m_scenarios.end(), list.begin(), list.end());
}

void tst_Parity::observations_data()
{
    QTest::addColumn<int>("scenario");
    for (size_t i = 0; i < m_scenarios.size(); ++i)
        QTest::newRow(m_scenarios.at(i).name) << int(i);
}

QStringList tst_Parity::observe(const Scenario &scenario, const QString &driver)
{
    auto &server = (*m_servers)[0];
    if (!server.executeAsRoot(QStringLiteral("DROP DATABASE test; CREATE DATABASE test")))
        qFatal("the server is gone");
    Observer observer;
    scenario.run(observer, Target(driver, server.port()));
    const QStringList names = QSqlDatabase::connectionNames();
    for (const QString &name : names)
        QSqlDatabase::removeDatabase(name);
    return observer.lines();
}

void tst_Parity::observations()
{
    QFETCH(int, scenario);
    const Scenario &what = m_scenarios.at(size_t(scenario));
    const QStringList expected = observe(what, QStringLiteral("QMYSQL"));
    const QStringList seen = observe(what,
                                     QString::fromLocal8Bit(qgetenv("PARITY_DRIVER").isEmpty()
                                                                    ? QByteArray("QPROXYSQL")
                                                                    : qgetenv("PARITY_DRIVER")));
    if (qEnvironmentVariableIsSet("PARITY_PRINT")) {
        for (const QString &line : expected)
            qInfo("%s", qPrintable(line));
    }
    QVERIFY2(expected.size() >= what.fewest,
             qPrintable(QStringLiteral("only %1 observations").arg(expected.size())));
    for (int i = 0; i < qMin(seen.size(), expected.size()); ++i)
        QCOMPARE(seen.at(i), expected.at(i));
    QCOMPARE(seen.size(), expected.size());
}

QTEST_GUILESS_MAIN(tst_Parity)
#include "tst_parity.moc"
