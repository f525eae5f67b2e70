// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/comparison.h"

#include <QtTest/QTest>

using namespace qproxysql::parity;

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
    Comparison m_comparison;
    std::vector<Scenario> m_scenarios;
};

void tst_Parity::initTestCase()
{
    QVERIFY2(m_comparison.start(), qPrintable(m_comparison.errorString()));
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

void tst_Parity::observations()
{
    QFETCH(int, scenario);
    const QString difference = m_comparison.differences(m_scenarios.at(size_t(scenario)));
    if (!difference.isEmpty()) {
        qCritical("%s", qPrintable(difference)); // QTest cuts long messages
        QFAIL("QPROXYSQL differs from QMYSQL");
    }
}

QTEST_GUILESS_MAIN(tst_Parity)
#include "tst_parity.moc"
