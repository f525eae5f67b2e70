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

std::optional<DrainRefusal> SharedFolder::prepare() const
{
    if (QDir().mkpath(m_path))
        return {};
    return DrainRefusal{DrainRefusal::IoError, CoreTexts::tr("%1 cannot be made").arg(m_path)};
}

Expected<SharedFolder::Lock, DrainRefusal> SharedFolder::lock(
        const QString &name, std::chrono::milliseconds timeout) const
{
    const QString path = filePath(name);
    const auto held = std::make_shared<QLockFile>(path);
    if (held->tryLock(int(timeout.count())))
        return held;
    if (held->error() != QLockFile::LockFailedError)
        return Unexpected(DrainRefusal{DrainRefusal::NoRights,
                                       CoreTexts::tr("%1 cannot be locked").arg(path)});
    return Unexpected(DrainRefusal{DrainRefusal::IoError,
                                   CoreTexts::tr("%1 is still locked by another process after %2 s")
                                           .arg(path)
                                           .arg(double(timeout.count()) / 1000)});
}

std::optional<DrainRefusal> SharedFolder::replace(const QString &name,
                                                  const QByteArray &content) const
{
    QSaveFile file(filePath(name));
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return {};
    return refusalOf(CoreTexts::tr("%1 cannot be written").arg(filePath(name)), file);
}

std::optional<DrainRefusal> SharedFolder::append(const QString &name, const QByteArray &lines,
                                                 qint64 mostBytes, Sync) const
{
    QFile file(filePath(name));
    if (!file.open(QIODevice::ReadWrite | QIODevice::Append | QIODevice::Unbuffered))
        return refusalOf(CoreTexts::tr("%1 cannot be written").arg(filePath(name)), file);
    if (file.write(lines) != lines.size())
        return refusalOf(CoreTexts::tr("%1 cannot be written").arg(filePath(name)), file);
    const bool isFull = file.size() > mostBytes;
    file.close();
    if (isFull) {
        QFile::remove(filePath(name + oldSuffix()));
        QFile::rename(filePath(name), filePath(name + oldSuffix()));
    }
    return {};
}

SharedFolder::Stamp SharedFolder::stamp(const QString &name) const
{
    const QFileInfo file(filePath(name));
    if (!file.exists())
        return {};
    return {.size = file.size(), .changed = file.lastModified().toMSecsSinceEpoch() * 1'000'000};
}

Expected<std::optional<QByteArray>, DrainRefusal> SharedFolder::read(const QString &name,
                                                                     qint64 mostBytes,
                                                                     Links links) const
{
    const QString path = filePath(name);
    const auto damaged = [](const QString &why) {
        return Unexpected(DrainRefusal{DrainRefusal::Damaged, why});
    };
    const QFileInfo info(path);
    if (!info.exists())
        return std::nullopt;
    if (!info.isFile() || (links == Links::Refused && info.isSymLink()))
        return damaged(CoreTexts::tr("%1 is no file").arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Unexpected(refusalOf(CoreTexts::tr("%1 cannot be read").arg(path), file));
    const QByteArray bytes = file.read(mostBytes + 1);
    if (bytes.size() > mostBytes)
        return damaged(
                CoreTexts::tr("%1 is damaged: it is larger than %2 bytes").arg(path).arg(mostBytes));
    return bytes;
}

} // namespace qproxysql
