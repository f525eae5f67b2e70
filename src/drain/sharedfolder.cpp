// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/sharedfolder.h"

#include "config/coretexts.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

struct Descriptor
{
    explicit Descriptor(int opened)
        : number(opened)
    {
    }
    ~Descriptor()
    {
        if (isOpen())
            ::close(number);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)
    bool isOpen() const { return number >= 0; }

    const int number;
};

QByteArray nativePath(const QString &path)
{
    return QFile::encodeName(path);
}

/// Gives a file of this process the group and permissions of its folder, and a file that root has written
/// the folder's owner. 0 or an errno.
int share(int file, const QString &folder)
{
    struct stat ofFolder;
    struct stat ofFile;
    if (::stat(nativePath(folder).constData(), &ofFolder) != 0 || ::fstat(file, &ofFile) != 0)
        return errno;
    const bool isShared = (ofFolder.st_mode & (S_IRGRP | S_IWGRP)) != 0;
    const uid_t user = ::geteuid() == 0 ? ofFolder.st_uid : ofFile.st_uid;
    const gid_t group = isShared || user != ofFile.st_uid ? ofFolder.st_gid : ofFile.st_gid;
    if ((user != ofFile.st_uid || group != ofFile.st_gid) && ::fchown(file, user, group) != 0)
        return errno;
    const mode_t mode = S_IRUSR | S_IWUSR | (ofFolder.st_mode & (S_IRGRP | S_IWGRP | S_IROTH));
    return ::fchmod(file, mode) == 0 ? 0 : errno;
}

int writeAll(int file, const QByteArray &content)
{
    for (qsizetype done = 0; done < content.size();) {
        const ssize_t written = ::write(file, content.constData() + done,
                                        size_t(content.size() - done));
        if (written < 0 && errno != EINTR)
            return errno;
        done += written > 0 ? written : 0;
    }
    return 0;
}

/// Opens the file for reading and writing, and makes it if it does not exist. Else an errno.
Expected<int, int> openShared(const QString &path, const QString &folder, int flags)
{
    constexpr int MostOpens = 10;
    const QByteArray name = nativePath(path);
    flags |= O_RDWR | O_CLOEXEC;
    int error = 0;
    for (int i = 0; i < MostOpens; ++i) {
        int number = ::open(name.constData(), flags | O_CREAT | O_EXCL, 0600);
        if (number >= 0) {
            error = share(number, folder);
            if (error == 0)
                return number;
            ::close(number);
            return Unexpected(error);
        }
        if (errno != EEXIST)
            return Unexpected(errno);
        number = ::open(name.constData(), flags);
        if (number >= 0)
            return number;
        error = errno;
        // Another process may have put it aside, or have created it without having set its
        // permissions yet.
        if (error == EACCES && i + 1 < MostOpens)
            std::this_thread::sleep_for(10ms);
        else if (error != ENOENT)
            break;
    }
    return Unexpected(error);
}

bool endsInsideLine(int file, off_t size)
{
    char last = '\n';
    return size > 0 && ::pread(file, &last, 1, size - 1) == 1 && last != '\n';
}

/// Several writers may find the file full: only the one whose lock holds, and whose file is still
/// that of the path, renames it.
void putAside(int file, const QByteArray &path, const QByteArray &older)
{
    struct stat own;
    struct stat ofPath;
    if (::flock(file, LOCK_EX | LOCK_NB) != 0)
        return;
    if (::fstat(file, &own) == 0 && ::stat(path.constData(), &ofPath) == 0
        && own.st_ino == ofPath.st_ino && own.st_dev == ofPath.st_dev)
        ::rename(path.constData(), older.constData());
}

DrainRefusal refusalOf(const QString &what, int error, const QString &folderPath)
{
    QString text = CoreTexts::tr("%1: %2").arg(what, qt_error_string(error));
    if (error == EROFS)
        return {DrainRefusal::ReadOnly, text};
    if (error != EACCES && error != EPERM)
        return {DrainRefusal::IoError, text};
    const QFileInfo folder(folderPath);
    const auto named = [](const QString &name, uint id) {
        return name.isEmpty() ? QString::number(id) : name;
    };
    if (folder.exists())
        text += CoreTexts::tr(". Folder %1 belongs to user %2 and group %3")
                        .arg(folderPath, named(folder.owner(), folder.ownerId()),
                             named(folder.group(), folder.groupId()));
    return {DrainRefusal::NoRights, text};
}

} // namespace

std::optional<DrainRefusal> SharedFolder::prepare() const
{
    const QString what = CoreTexts::tr("%1 cannot be made").arg(m_path);
    const QFileInfo folder(m_path);
    if (folder.isDir())
        return {};
    if (folder.exists())
        return refusalOf(CoreTexts::tr("%1 cannot hold the drain directory").arg(m_path), ENOTDIR,
                         m_path);
    errno = 0;
    if (!QDir().mkpath(folder.absolutePath()))
        return refusalOf(what, errno ? errno : EACCES, m_path);
    if (::mkdir(nativePath(m_path).constData(), 0700) != 0 && errno != EEXIST)
        return refusalOf(what, errno, m_path);
    return {};
}

Expected<SharedFolder::Lock, DrainRefusal> SharedFolder::lock(
        const QString &name, std::chrono::milliseconds timeout) const
{
    const QString path = filePath(name);
    const auto refuse = [&](int error) {
        return Unexpected(refusalOf(CoreTexts::tr("%1 cannot be locked").arg(path), error, m_path));
    };
    const auto opened = openShared(path, m_path, 0);
    if (!opened)
        return refuse(opened.error());
    const auto held = std::make_shared<Descriptor>(*opened);
    const int number = held->number;
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (::flock(number, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return refuse(errno);
        if (std::chrono::steady_clock::now() >= deadline)
            return Unexpected(
                    DrainRefusal{DrainRefusal::IoError,
                                 CoreTexts::tr("%1 is still locked by another process after %2 s")
                                         .arg(path)
                                         .arg(double(timeout.count()) / 1000)});
        std::this_thread::sleep_for(10ms);
    }
    return held;
}

std::optional<DrainRefusal> SharedFolder::replace(const QString &name,
                                                  const QByteArray &content) const
{
    const QString path = filePath(name);
    const QString what = CoreTexts::tr("%1 cannot be written").arg(path);
    const QByteArray fresh = nativePath(path + QLatin1String(".new"));
    ::unlink(fresh.constData()); // left by a writer that was killed
    int error = 0;
    {
        const Descriptor file(
                ::open(fresh.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!file.isOpen())
            return refusalOf(what, errno, m_path);
        error = share(file.number, m_path);
        if (error == 0)
            error = writeAll(file.number, content);
        if (error == 0 && ::fsync(file.number) != 0)
            error = errno;
    }
    if (error == 0 && ::rename(fresh.constData(), nativePath(path).constData()) != 0)
        error = errno;
    if (error != 0) {
        ::unlink(fresh.constData());
        return refusalOf(what, error, m_path);
    }
    // If the folder cannot be synchronised, the change is visible all the same.
    const Descriptor folder(
            ::open(nativePath(m_path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.isOpen())
        ::fsync(folder.number);
    return {};
}

std::optional<DrainRefusal> SharedFolder::append(const QString &name, const QByteArray &lines,
                                                 qint64 mostBytes, Sync sync) const
{
    const QString path = filePath(name);
    const auto refusal = [&](int error) {
        return refusalOf(CoreTexts::tr("%1 cannot be written").arg(path), error, m_path);
    };
    const auto opened = openShared(path, m_path, O_APPEND | O_NONBLOCK | O_NOFOLLOW);
    if (!opened)
        return refusal(opened.error());
    const Descriptor file(*opened);
    struct stat status;
    if (::fstat(file.number, &status) != 0)
        return refusal(errno);
    if (!S_ISREG(status.st_mode))
        return DrainRefusal{DrainRefusal::Damaged, CoreTexts::tr("%1 is no file").arg(path)};
    const QByteArray content = endsInsideLine(file.number, status.st_size) ? '\n' + lines : lines;
    ssize_t written = -1;
    do {
        written = ::write(file.number, content.constData(), size_t(content.size()));
    } while (written < 0 && errno == EINTR);
    if (written != content.size())
        return refusal(written < 0 ? errno : ENOSPC);
    if (sync == Sync::Now)
        ::fdatasync(file.number);
    if (status.st_size + written > mostBytes)
        putAside(file.number, nativePath(path), nativePath(path + oldSuffix()));
    return {};
}

SharedFolder::Stamp SharedFolder::stamp(const QString &name) const
{
    struct stat status;
    if (::stat(nativePath(filePath(name)).constData(), &status) != 0)
        return {};
    return {quint64(status.st_dev), quint64(status.st_ino), qint64(status.st_size),
            qint64(status.st_ctim.tv_sec) * 1'000'000'000 + status.st_ctim.tv_nsec};
}

Expected<std::optional<QByteArray>, DrainRefusal> SharedFolder::read(const QString &name,
                                                                     qint64 mostBytes,
                                                                     Links links) const
{
    const QString path = filePath(name);
    const auto refuse = [&](int error) {
        return Unexpected(refusalOf(CoreTexts::tr("%1 cannot be read").arg(path), error, m_path));
    };
    const auto damaged = [](const QString &why) {
        return Unexpected(DrainRefusal{DrainRefusal::Damaged, why});
    };
    // O_NONBLOCK: opening a pipe must not wait for its writer.
    const int flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC
                      | (links == Links::Refused ? O_NOFOLLOW : 0);
    const Descriptor descriptor(::open(nativePath(path).constData(), flags));
    if (!descriptor.isOpen() && errno == ENOENT)
        return std::nullopt;
    struct stat status;
    if (!descriptor.isOpen() || ::fstat(descriptor.number, &status) != 0)
        return refuse(errno);
    if (!S_ISREG(status.st_mode))
        return damaged(CoreTexts::tr("%1 is no file").arg(path));
    QFile file;
    if (!file.open(descriptor.number, QIODevice::ReadOnly))
        return refuse(errno);
    const QByteArray bytes = file.read(mostBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return refuse(errno);
    if (bytes.size() > mostBytes)
        return damaged(
                CoreTexts::tr("%1 is damaged: it is larger than %2 bytes").arg(path).arg(mostBytes));
    return bytes;
}

} // namespace qproxysql
