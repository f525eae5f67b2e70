// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/drainevidence.h"

namespace qproxysql {

/// Texts of verdicts. All static; no state.
struct DrainTexts
{
    static QString sessions(int count);     ///< "7 session(s)"
    static QString applications(int count); ///< "3 application(s)"
    static QString age(double seconds);     ///< "41 s", "12 min", "3 h 5 min", "4 d 2 h"
    /// "billing-worker (app3, pid 8112)"; unknown parts are left out.
    static QString who(const ProcessIdentity &process);
    static QString who(const QList<ApplicationEvidence> &applications);
    static QString contrary(const QList<ApplicationEvidence> &applications);
    static QString who(const QList<ServerList::Row> &rows);

    /// The names of docs/pins.md, in words: "temporary tables". Without the transaction.
    static QStringList pins(const ApplicationEvidence &application);
    /// Why an application's sessions do not leave; empty when it is not known to have any.
    static QString obstacle(const ApplicationEvidence &application, quint64 generation);
};

} // namespace qproxysql
