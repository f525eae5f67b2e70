// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

// For systems without POSIX (Windows): files inherit the folder's permissions, and a lock identifies its
// holder by process id.

#include "drain/sharedfolder.h"

#include "config/coretexts.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QLockFile>
#include <QtCore/QSaveFile>

namespace qproxysql {

namespace {

DrainRefusal refusalOf(const QString &what, const QFileDevice &file)
{
    return {file.error() == QFileDevice::PermissionsError ? DrainRefusal::NoRights
                                                          : DrainRefusal::IoError,
            CoreTexts::tr("%1: %2").arg(what, file.errorString())};
}

} // namespace

struct SharedFolder::Lock::Held : QLockFile
{
    using QLockFile::QLockFile;
};

SharedFolder::Lock::~Lock()
{
    delete m_held;
}

std::optional<DrainRefusal> SharedFolder::prepare() const
{
    if (QDir().mkpath(m_path))
        return {};
    return DrainRefusal{DrainRefusal::IoError, CoreTexts::tr("%1 cannot be made").arg(m_path)};
}

std::optional<DrainRefusal> SharedFolder::lock(const QString &name,
                                               std::chrono::milliseconds timeout, Lock *lock) const
{
    const QString path = filePath(name);
    lock->m_held = new Lock::Held(path);
    if (lock->m_held->tryLock(int(timeout.count())))
        return {};
    if (lock->m_held->error() != QLockFile::LockFailedError)
        return DrainRefusal{DrainRefusal::NoRights, CoreTexts::tr("%1 cannot be locked").arg(path)};
    return DrainRefusal{DrainRefusal::IoError,
                        CoreTexts::tr("%1 is still locked by another process after %2 s")
                                .arg(path)
                                .arg(double(timeout.count()) / 1000)};
}

std::optional<DrainRefusal> SharedFolder::replace(const QString &name,
                                                  const QByteArray &content) const
{
    QSaveFile file(filePath(name));
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return {};
    return refusalOf(CoreTexts::tr("%1 cannot be written").arg(filePath(name)), file);
}

SharedFolder::Stamp SharedFolder::stamp(const QString &name) const
{
    const QFileInfo file(filePath(name));
    if (!file.exists())
        return {};
    return {.size = file.size(), .changed = file.lastModified().toMSecsSinceEpoch() * 1'000'000};
}

SharedFolder::Content SharedFolder::read(const QString &name, qint64 mostBytes, Links links) const
{
    const QString path = filePath(name);
    const auto damaged = [](const QString &why) {
        return Content{true, {}, DrainRefusal{DrainRefusal::Damaged, why}};
    };
    const QFileInfo info(path);
    if (!info.exists())
        return {};
    if (!info.isFile() || (links == Links::Refused && info.isSymLink()))
        return damaged(CoreTexts::tr("%1 is no file").arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {true, {}, refusalOf(CoreTexts::tr("%1 cannot be read").arg(path), file)};
    Content content{true, file.read(mostBytes + 1), {}};
    if (content.bytes.size() > mostBytes)
        return damaged(
                CoreTexts::tr("%1 is damaged: it is larger than %2 bytes").arg(path).arg(mostBytes));
    return content;
}

} // namespace qproxysql
