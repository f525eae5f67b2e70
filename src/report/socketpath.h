// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// A path by which a socket in a folder can be bound or connected, even if the folder's path is long: the
/// system allows about 100 bytes. On Linux a longer path is replaced by one through /proc/self/fd, which is
/// valid while this object exists; elsewhere it is not changed, and the system refuses it.
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
