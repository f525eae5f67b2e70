// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/comparisontest.h"

using namespace qproxysql::parity;

/// Types, values, errors and sequences in all their combinations, partly drawn from a seed, on QMYSQL and
/// on QPROXYSQL over one server.
class tst_Differential : public ComparisonTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        start({columnTypeScenarios(), expressionScenarios(), largeResultScenarios(),
               boundValueScenarios(), bindingWayScenarios(), faultScenarios(),
               statementKindScenarios(), resultSequenceScenarios(), walkScenarios(),
               keptStatementScenarios(), editingScenarios()});
    }
    void observations_data() { addRows(); }
    void observations() { compare(); }
};

QTEST_GUILESS_MAIN(tst_Differential)
#include "tst_differential.moc"
