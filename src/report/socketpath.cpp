// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/socketpath.h"

#include <QtCore/QFile>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <sys/un.h>
#include <unistd.h>
#endif

namespace qproxysql {

SocketPath::SocketPath(const QString &folder, const QString &file)
    : m_path(folder + u'/' + file)
{
#ifdef Q_OS_LINUX
    if (size_t(QFile::encodeName(m_path).size()) < sizeof(sockaddr_un::sun_path))
        return;
    m_folder = ::open(QFile::encodeName(folder).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (m_folder >= 0)
        m_path = QStringLiteral("/proc/self/fd/%1/%2").arg(m_folder).arg(file);
#endif
}

SocketPath::~SocketPath()
{
#ifdef Q_OS_LINUX
    if (m_folder >= 0)
        ::close(m_folder);
#endif
}

} // namespace qproxysql
