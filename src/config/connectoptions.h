// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/optiontable.h"

#include <QtCore/QList>

#include <map>

namespace qproxysql {

/// The value of one of our options and its source, for errors that name both.
struct GivenValue
{
    QString value;  ///< without quotes
    QString source; ///< e.g. "connect options"
};

/// An option of the inner driver, passed on unchanged.
struct InnerOption
{
    QString name;
    QString text; ///< as written, including the name
    QString source;

    QString value() const;   ///< trimmed
    bool isSocket() const;   ///< UNIX_SOCKET
    bool isProtocol() const; ///< MYSQL_OPT_PROTOCOL
};

/// Parsed connect options: ours with their values, the inner driver's as they were written.
///
/// Options are separated by ';'. A value of ours may be quoted (QuotedText). The inner driver does
/// not support quoting, so that its values always end at the next ';'.
struct ConnectOptions
{
    std::map<Option, GivenValue> own;
    QList<InnerOption> inner;

    const GivenValue *given(Option option) const; ///< nullptr if it is not given

    /// Fails if the text is malformed, a value is not allowed, or an option is unknown or given
    /// twice with different values. The error names \a source, option, value and what is allowed.
    /// It shows the value of an unknown option, which may be a misplaced password, only if its name
    /// resembles an existing option.
    static Expected<ConnectOptions> parse(const QString &text, const QString &source);

    /// The same for a program that asks for QMYSQL: unknown options are passed on to the inner
    /// driver, which logs and ignores them.
    static Expected<ConnectOptions> parseAsQmysql(const QString &text, const QString &source);

    /// Parses the options of a named connection. Unknown options are passed on to the inner driver;
    /// options of ours, and those that parse() refuses, are errors. Only MYSQL_OPT_CONNECT_TIMEOUT,
    /// as CONNECT_TIMEOUT, is put into own.
    static Expected<ConnectOptions> parseInner(const QString &text, const QString &source);

    /// Adds the options of \a lower that are missing here, both ours and the inner driver's.
    void addMissing(const ConnectOptions &lower);

    QString innerText() const; ///< the inner options as connect options, in their order

    /// The option UNIX_SOCKET; nullptr if the client library would not use it because it is not
    /// given, is empty or is overridden by MYSQL_OPT_PROTOCOL=TCP.
    const InnerOption *socket() const;
};

} // namespace qproxysql
