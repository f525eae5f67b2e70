// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/processreport.h"

namespace qproxysql {

/// What came of asking one process for its report.
struct ReportAnswer
{
    enum class Kind {
        Report,
        Refused,  ///< nobody listens on its socket, yet the process may live
        Ended,    ///< nobody listens, and the process is gone: its socket was left behind
        Silent,   ///< connected, but nothing complete came in time
        Garbage,  ///< what came is no JSON, has no end, or is too long
        Foreign,  ///< what came is JSON, but no report
        NoRights, ///< we may not connect
        Declined  ///< it said why it does not report
    };

    Kind kind = Kind::Silent;
    /// It runs as the user who asks, or as root: the system says so, not the report.
    bool isTrusted = false;
    ProcessIdentity process; ///< as the report, else the file beside its socket has it; the id always
    QString text;            ///< why there is no report; empty: there is one
    ProcessReport report;    ///< of Kind::Report
};

} // namespace qproxysql
