// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "parity/comparison.h"
#include "sandbox/fulltests.h"

#include <QtTest/QTest>

namespace qproxysql::parity {

/// A test whose rows are scenarios: no observation may differ. PARITY_SEED repeats one seed.
class ComparisonTest : public QObject
{
protected:
    void start(const std::vector<std::vector<Scenario>> &lists)
    {
        QVERIFY2(m_comparison.start(), qPrintable(m_comparison.errorString()));
        for (const auto &list : lists)
            m_scenarios.insert(m_scenarios.end(), list.begin(), list.end());
    }

    void addRows() const
    {
        QTest::addColumn<int>("scenario");
        QTest::addColumn<quint32>("seed");
        const quint32 first = quint32(qMax(1, qEnvironmentVariableIntValue("PARITY_SEED")));
        const bool isOneSeed = !sandbox::RunsAllData || qEnvironmentVariableIsSet("PARITY_SEED");
        for (size_t i = 0; i < m_scenarios.size(); ++i) {
            const Scenario &scenario = m_scenarios.at(i);
            if (!scenario.isSeeded)
                QTest::newRow(scenario.name) << int(i) << first;
            for (quint32 seed = first; scenario.isSeeded && seed < first + (isOneSeed ? 1 : 20);
                 ++seed)
                QTest::addRow("%s, seed %u", scenario.name, seed) << int(i) << seed;
        }
    }

    void compare()
    {
        QFETCH(int, scenario);
        QFETCH(quint32, seed);
        const QString difference = m_comparison.differences(m_scenarios.at(size_t(scenario)), seed);
        if (!difference.isEmpty()) {
            qCritical("%s", qPrintable(difference)); // QTest cuts long messages
            QFAIL("QPROXYSQL differs from QMYSQL");
        }
    }

private:
    Comparison m_comparison;
    std::vector<Scenario> m_scenarios;
};

} // namespace qproxysql::parity
