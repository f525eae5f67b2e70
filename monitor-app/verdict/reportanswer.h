// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/processreport.h"

namespace qproxysql {

/// The result of asking one process for its report.
struct ReportAnswer
{
    enum class Kind {
        Report,
        Refused,  ///< nothing listens on its socket, but the process may be alive
        Ended,    ///< nothing listens, and the process has ended without removing its socket
        Silent,   ///< connected, but no complete answer came in time
        Garbage,  ///< the answer is no JSON, is incomplete, or is too long
        Foreign,  ///< the answer is JSON, but no report
        NoRights, ///< no permission to connect
        Declined  ///< the process said why it does not report
    };

    Kind kind = Kind::Silent;
    /// The process runs as the current user or as root, according to the operating system, not the
    /// report.
    bool isTrusted = false;
    /// From the report or the file beside its socket; the id is always set.
    ProcessIdentity process;
    QString text;         ///< why there is no report; empty: there is one
    ProcessReport report; ///< set with Kind::Report
};

} // namespace qproxysql
