// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/optiontable.h"

#include <QtCore/QList>

#include <map>

namespace qproxysql {

/// A value of one of our options and where it was written, for errors that name both.
struct GivenValue
{
    QString value;  ///< without quotes
    QString source; ///< e.g. "connect options"
};

/// An option of the inner driver's, passed on unread.
struct InnerOption
{
    QString name;
    QString text; ///< as it was written, name included
    QString source;

    QString value() const; ///< trimmed
    bool isSocket() const; ///< UNIX_SOCKET
};

/// Connect options taken apart: ours with their values, the inner driver's as they were written.
///
/// Options are separated by ';'. A value of one of ours that begins with '"' ends at the next '"';
/// in between ';' is plain text and '""' means '"'. The inner driver knows no quoting, so for its
/// options quotes are plain text and the value ends at the next ';'.
struct ConnectOptions
{
    std::map<Option, GivenValue> own;
    QList<InnerOption> inner;

    const GivenValue *given(Option option) const; ///< nullptr: it is not

    /// The error names \a source, option, value and what is allowed: the text is malformed, a value is
    /// not allowed, an option is unknown or is given twice with different values. Values of unknown
    /// options are not shown (they may be misplaced passwords) unless the option is close to one that
    /// exists.
    static Expected<ConnectOptions> parse(const QString &text, const QString &source);

    /// Options of another QSqlDatabase (a named connection) for the inner driver: everything is
    /// passed on, known or not, except what parse() refuses with a reason and options of ours.
    /// CONNECT_TIMEOUT in its spelling MYSQL_OPT_CONNECT_TIMEOUT is the only one found in own.
    static Expected<ConnectOptions> parseInner(const QString &text, const QString &source);

    /// Adds what \a lower says and these do not: options of ours and of the inner driver alike.
    void addMissing(const ConnectOptions &lower);

    /// The inner options as connect options, in their order.
    QString innerText() const;

    /// UNIX_SOCKET where the client library goes by it when the host is localhost; nullptr where it is
    /// not given, is empty, or MYSQL_OPT_PROTOCOL=TCP outweighs it.
    const InnerOption *socket() const;
};

} // namespace qproxysql
