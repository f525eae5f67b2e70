// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/sandboxdirectory.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStorageInfo>
#include <QtCore/QTemporaryDir>

#include <sys/stat.h>
#include <unistd.h>

namespace qproxysql::sandbox {

static QString prefix()
{
    return QStringLiteral("qproxysql-sandbox-%1-").arg(::getuid());
}

/// Memory rather than disk: servers sync much while they start, which on a busy disk takes seconds.
static QString baseFolder()
{
    const QString configured = qEnvironmentVariable("QPROXYSQL_SANDBOX_DATA");
    if (!configured.isEmpty())
        return configured;
    const QString memory = QStringLiteral("/dev/shm");
    constexpr qint64 Enough = qint64(1) << 30;
    if (QFileInfo(memory).isWritable() && QStorageInfo(memory).bytesAvailable() >= Enough)
        return memory;
    return QDir::tempPath();
}

static QString lockFile(const QString &folder)
{
    return folder + QStringLiteral("/lock");
}

SandboxDirectory::SandboxDirectory(const QString &path)
{
    removeForsaken();
    if (path.isEmpty()) {
        QTemporaryDir folder(baseFolder() + QLatin1Char('/') + prefix() + QStringLiteral("XXXXXX"));
        if (!folder.isValid())
            return;
        folder.setAutoRemove(false);
        m_removeAtEnd = true;
        m_path = folder.path();
    } else {
        if (!QDir().mkpath(path))
            return;
        m_path = QDir(path).absolutePath();
    }
    // Galera nodes that root starts run as another user and need to come through.
    if (::getuid() == 0)
        ::chmod(QFile::encodeName(m_path).constData(), 0711);
    m_lock.tryLock(lockFile(m_path));
}

SandboxDirectory::~SandboxDirectory()
{
    if (m_removeAtEnd)
        QDir(m_path).removeRecursively();
}

void SandboxDirectory::removeForsaken()
{
    const QFileInfoList folders = QDir(baseFolder())
                                          .entryInfoList({prefix() + QLatin1Char('*')},
                                                         QDir::Dirs | QDir::NoDotAndDotDot
                                                                 | QDir::NoSymLinks);
    for (const QFileInfo &folder : folders) {
        // One that is being made has no lock yet.
        if (folder.ownerId() != ::getuid() || !QFileInfo::exists(lockFile(folder.filePath())))
            continue;
        FileLock lock;
        if (lock.tryLock(lockFile(folder.filePath())))
            QDir(folder.filePath()).removeRecursively();
    }
}

} // namespace qproxysql::sandbox
