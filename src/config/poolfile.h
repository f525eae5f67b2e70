// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"

namespace qproxysql {

/// The parsed content of a pool file. Value type.
///
///     # whole-line comments begin with # or ;
///     [orders]
///     peers = db1:3306*3, db2, [2001:db8::1]:3307
///     check_interval = 5
///     check_sql = "SELECT 1"
///
/// The file is UTF-8 with one "key = value" per line and one section per pool. A value ends with its
/// line; a value that begins with '"' is a QuotedText. Keys are "peers" and the options of the
/// option table that have a member of PoolPolicy, in any case. QSettings is not used because it
/// splits values at ',', interprets '\' and '%', and drops what it does not understand.
class PoolFile
{
public:
    /// An unknown key, which is ignored.
    struct Warning
    {
        int line = 0;
        QString key;  ///< as written
        QString text; ///< one sentence that names file and line
    };

    /// The error names file, line and reason. A file without pools is an error, because a file that
    /// is being written is empty for a moment. \a path is used for messages and
    /// PoolDefinition::filePath.
    static Expected<PoolFile> parse(const QByteArray &content, const QString &path);

    const QList<PoolDefinition> &pools() const { return m_pools; }
    const QList<Warning> &warnings() const { return m_warnings; }

    /// The pool of that name in any case; nullptr if there is none.
    const PoolDefinition *find(QStringView name) const;

    QStringList poolNames() const;

private:
    friend class PoolFileParser;

    QList<PoolDefinition> m_pools;
    QList<Warning> m_warnings;
};

} // namespace qproxysql
