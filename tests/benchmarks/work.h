// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

#include <vector>

namespace qproxysql::bench {

/// What --check allows; 0: anything.
struct Limits
{
    double toQMySql; ///< time over QMYSQL's
    double toBare;   ///< time over bare Connector/C's
};

/// One row of the comparison: something that is done in the same way through QtSql and with bare
/// Connector/C.
struct WorkRow
{
    enum class Kind {
        ExecText,     ///< one query object
        ExecOnce,     ///< a query object each time, and its first row
        ReExec,       ///< prepared once; one integer is bound
        PrepareAgain, ///< prepared and destroyed each time, always the same text
        PrepareFirst, ///< the same with a new text each time; %1 in it is a number
        Fetch,        ///< only reading is measured: from before the first row to the end
        FetchPrepared,
        OpenClose, ///< with the statement each time, if there is one
    };

    const char *name;
    Kind kind;
    const char *sql;
    const char *columns; ///< of Fetch: i integer, t text, d date and time
    Limits limits;
};

const std::vector<WorkRow> &workRows();
/// Of the same table; nullptr without one of that name.
const WorkRow *workRow(const char *name);

/// One row on one open connection.
class Work
{
public:
    Work() = default;
    virtual ~Work() = default;
    Q_DISABLE_COPY_MOVE(Work)

    virtual void run(int times) = 0;
};

} // namespace qproxysql::bench
