// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

#include <QtCore/QHash>

namespace qproxysql {

/// The settings of a MySQL or MariaDB option file (my.cnf) for all clients: the sections [client],
/// [client-server] and [client-mariadb]. Later lines win. Included files are not read. Value type.
class OptionFile
{
public:
    /// The error names the file and the problem.
    static Expected<OptionFile> read(const QString &path);
    static OptionFile parse(const QByteArray &content);

    /// \a name with '-', as in "ssl-ca"; a null QString when it is not set.
    QString value(const QString &name) const { return m_values.value(name); }

private:
    QHash<QString, QString> m_values;
};

} // namespace qproxysql
