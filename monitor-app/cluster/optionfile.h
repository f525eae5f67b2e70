// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QHash>
#include <QtCore/QString>

#include <optional>

namespace qproxysql {

/// What a MySQL or MariaDB option file (my.cnf) says to every client: the sections [client],
/// [client-server] and [client-mariadb]. Later lines win. Files that it includes are not read. Value type.
class OptionFile
{
public:
    /// Nothing, and \a error names the file and what is wrong, when it cannot be read.
    static std::optional<OptionFile> read(const QString &path, QString *error);
    static OptionFile parse(const QByteArray &content);

    /// \a name with '-', as in "ssl-ca"; a null QString when the file does not say it.
    QString value(const QString &name) const { return m_values.value(name); }

private:
    QHash<QString, QString> m_values;
};

} // namespace qproxysql
