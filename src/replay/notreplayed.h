// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLatin1String>
#include <QtCore/QString>

namespace qproxysql {

/// Why a transaction was not replayed.
struct NotReplayed
{
    enum Reason {
        Rules,     ///< the rules of docs/reruns.md: a pin, a time-out of the application's own, ...
        Limit,     ///< REPLAY_LIMIT
        Statement, ///< one that is not on the allow-list
        State,     ///< it uses or changes what only its session has
        Table,     ///< what is written to a table may not be undone, or that is not known
        Keys,      ///< the server had generated several keys
        Conflict,  ///< the server may have undone part of it
        Changed,   ///< an answer was another one
        Time,      ///< OPEN_DEADLINE has passed
        NoPeer,    ///< no other session could be opened
        Library    ///< results of the client library are not read by QPROXYSQL
    };

    Reason reason = Rules;
    QString text{}; ///< a phrase for an error text; may be empty with Rules

    static NotReplayed ofLibrary();
    static NotReplayed tooLate();

    bool isEmpty() const { return text.isEmpty(); }
    /// As in reports.
    QLatin1String name() const;
};

} // namespace qproxysql
