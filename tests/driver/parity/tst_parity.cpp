// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/comparisontest.h"

using namespace qproxysql::parity;

/// One list of what applications do, run on QMYSQL and on QPROXYSQL over one server. What crashes QMYSQL
/// is left out here and tested in tst_lifetime.
class tst_Parity : public ComparisonTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        start({bindingScenarios(), resultScenarios(), valueScenarios(), errorScenarios(),
               modelScenarios(), driverScenarios(), lifecycleScenarios(), sequenceScenarios()});
    }
    void observations_data() { addRows(); }
    void observations() { compare(); }
};

QTEST_GUILESS_MAIN(tst_Parity)
#include "tst_parity.moc"
