// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/comparison.h"
#include "sandbox/fulltests.h"

#include <QtTest/QTest>

using namespace qproxysql::parity;
using qproxysql::sandbox::RunsAllData;

/// Types, values, errors and sequences in all their combinations, partly drawn from a seed, on QMYSQL and
/// on QPROXYSQL over one server: no observation may differ. PARITY_SEED repeats one seed.
class tst_Differential : public QObject
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

void tst_Differential::initTestCase()
{
    QVERIFY2(m_comparison.start(), qPrintable(m_comparison.errorString()));
    for (const auto &list :
         {columnTypeScenarios(), expressionScenarios(), largeResultScenarios(),
          boundValueScenarios(), bindingWayScenarios(), faultScenarios(), statementKindScenarios(),
          resultSequenceScenarios(), walkScenarios(), keptStatementScenarios(), editingScenarios()})
        m_scenarios.insert(m_scenarios.end(), list.begin(), list.end());
}

void tst_Differential::observations_data()
{
    QTest::addColumn<int>("scenario");
    QTest::addColumn<quint32>("seed");
    const quint32 first = quint32(qMax(1, qEnvironmentVariableIntValue("PARITY_SEED")));
    const bool isOneSeed = !RunsAllData || qEnvironmentVariableIsSet("PARITY_SEED");
    for (size_t i = 0; i < m_scenarios.size(); ++i) {
        const Scenario &scenario = m_scenarios.at(i);
        const quint32 seeds = isOneSeed || !scenario.isSeeded ? 1 : 20;
        for (quint32 seed = first; seed < first + seeds; ++seed)
            QTest::addRow("%s, seed %u", scenario.name, seed) << int(i) << seed;
    }
}

void tst_Differential::observations()
{
    QFETCH(int, scenario);
    QFETCH(quint32, seed);
    const QString difference = m_comparison.differences(m_scenarios.at(size_t(scenario)), seed);
    if (!difference.isEmpty()) {
        qCritical("%s", qPrintable(difference)); // QTest cuts long messages
        QFAIL("QPROXYSQL differs from QMYSQL");
    }
}

QTEST_GUILESS_MAIN(tst_Differential)
#include "tst_differential.moc"
