// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QHash>
#include <QtCore/QString>

#include <optional>

namespace qproxysql {

/// The settings of a MySQL or MariaDB option file (my.cnf) for all clients: the sections [client],
/// [client-server] and [client-mariadb]. Later lines win. Included files are not read. Value type.
class OptionFile
{
public:
    /// Nothing when it cannot be read; \a error then names the file and the problem.
    static std::optional<OptionFile> read(const QString &path, QString *error);
    static OptionFile parse(const QByteArray &content);

    /// \a name with '-', as in "ssl-ca"; a null QString when it is not set.
    QString value(const QString &name) const { return m_values.value(name); }

private:
    QHash<QString, QString> m_values;
};

} // namespace qproxysql
