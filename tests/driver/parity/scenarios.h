// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "parity/observer.h"

#include <QtSql/QSqlDatabase>

#include <vector>

namespace qproxysql::parity {

/// Makes connections of the driver under observation to one server.
class Target
{
public:
    Target(QString driver, quint16 port, quint32 seed)
        : m_driver(std::move(driver))
        , m_port(port)
        , m_seed(seed)
    {
    }

    QString driver() const { return m_driver; }
    quint16 port() const { return m_port; }
    /// For what a scenario draws: the same for both drivers.
    quint32 seed() const { return m_seed; }
    /// A configured, closed connection under that name.
    QSqlDatabase add(const QString &name = QStringLiteral("parity")) const;
    /// An open one; the failure is an observation.
    QSqlDatabase open(Observer &observer, const QString &name = QStringLiteral("parity")) const;

private:
    QString m_driver;
    quint16 m_port;
    quint32 m_seed;
};

/// Something an application does. It runs on an empty schema and leaves its connections behind.
struct Scenario
{
    const char *name;
    int fewest; ///< observations that it must make, lest it has fallen over half way
    void (*run)(Observer &observer, const Target &target);
    bool isSeeded = false; ///< draws from Target::seed(): worth running with several
};

// tst_parity: what applications do, step by step.
std::vector<Scenario> bindingScenarios();
std::vector<Scenario> resultScenarios();
std::vector<Scenario> valueScenarios();
std::vector<Scenario> errorScenarios();
std::vector<Scenario> modelScenarios();
std::vector<Scenario> driverScenarios();
std::vector<Scenario> lifecycleScenarios();
std::vector<Scenario> sequenceScenarios();

// tst_differential: combinations, and what a seed draws.
std::vector<Scenario> columnTypeScenarios();
std::vector<Scenario> expressionScenarios();
std::vector<Scenario> largeResultScenarios();
std::vector<Scenario> boundValueScenarios();
std::vector<Scenario> bindingWayScenarios();
std::vector<Scenario> faultScenarios();
std::vector<Scenario> statementKindScenarios();
std::vector<Scenario> resultSequenceScenarios();
std::vector<Scenario> walkScenarios();
std::vector<Scenario> keptStatementScenarios();
std::vector<Scenario> editingScenarios();

} // namespace qproxysql::parity
