// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// A name under which a socket in a folder can be bound or connected, however long the folder's own
/// name is: the system allows about 100 bytes. On Linux a longer one goes by way of /proc/self/fd, and
/// is good for as long as this object lives; elsewhere it stays as it is, and is refused.
class SocketPath
{
public:
    SocketPath(const QString &folder, const QString &file);
    ~SocketPath();
    Q_DISABLE_COPY_MOVE(SocketPath)

    QString path() const { return m_path; }

private:
    QString m_path;
    int m_folder = -1;
};

} // namespace qproxysql
