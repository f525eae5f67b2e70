// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"

namespace qproxysql {

/// A pool file as it was at one moment. Value type.
///
///     # whole-line comments begin with # or ;
///     [orders]
///     peers = db1:3306*3, db2, [2001:db8::1]:3307
///     check_interval = 5
///     check_sql = "SELECT 1"
///
/// UTF-8, one "key = value" a line, a section a pool. A value reaches to the end of its line; one
/// that begins with '"' is quoted as QuotedText says. Keys are options of the option table that have a
/// member of PoolPolicy, in any case, and "peers". Read by a parser of our own because QSettings would
/// split values at ',', interpret '\' and '%', and drop what it does not understand.
class PoolFile
{
public:
    /// A key that is none: ignored, but never in silence.
    struct Warning
    {
        int line = 0;
        QString key;  ///< as written
        QString text; ///< one sentence, file and line included
    };

    /// The error names file, line and reason: anything but an unknown key is wrong, or there is no pool in
    /// it (a file that is just being written is empty for a moment). \a path is for messages and
    /// PoolDefinition::filePath.
    static Expected<PoolFile> parse(const QByteArray &content, const QString &path);

    const QList<PoolDefinition> &pools() const { return m_pools; }
    const QList<Warning> &warnings() const { return m_warnings; }

    /// The pool of that name in any case; nullptr when there is none.
    const PoolDefinition *find(QStringView name) const;

    QStringList poolNames() const;

private:
    friend class PoolFileParser;

    QList<PoolDefinition> m_pools;
    QList<Warning> m_warnings;
};

} // namespace qproxysql
