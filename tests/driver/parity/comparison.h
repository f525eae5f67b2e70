// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "parity/scenarios.h"
#include "sandbox/servergroup.h"

namespace qproxysql::parity {

/// Runs scenarios on QMYSQL and on QPROXYSQL over one server and says where they differ.
///
/// PARITY_DRIVER names another driver than QPROXYSQL, PARITY_PRINT prints QMYSQL's observations.
class Comparison
{
public:
    bool start();
    QString errorString() const { return m_servers.errorString(); }

    /// Empty when both have made the same observations, and no fewer than Scenario::fewest; else the first
    /// differences with what was going on.
    QString differences(const Scenario &scenario, quint32 seed = 1);

private:
    QStringList observe(const Scenario &scenario, const QString &driver, quint32 seed);

    sandbox::ServerGroup m_servers{1};
};

/// The lines that differ, each with the section that it is in; only the first few.
QString differenceOf(const QStringList &expected, const QStringList &seen);

} // namespace qproxysql::parity
