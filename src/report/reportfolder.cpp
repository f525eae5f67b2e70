// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/reportfolder.h"

#include "config/coretexts.h"
#include "drain/sharedfolder.h"
#include "report/processidentityjson.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QSaveFile>
#include <QtCore/QSysInfo>

#include <algorithm>
#include <filesystem>
#include <system_error>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr qint64 LargestOwnerFile = 64 * 1024;
constexpr auto SocketSuffix = ".sock"_L1;

/// An id is part of a file name, so other names are ignored.
bool isProcessId(QStringView id)
{
    return !id.isEmpty() && id.size() <= 64 && std::ranges::all_of(id, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
               || c == u'-' || c == u'_';
    });
}

Unexpected<QString> refusal(const QString &folder, const QString &why)
{
    return {CoreTexts::tr("Folder for reports %1: %2").arg(QDir::toNativeSeparators(folder), why)};
}

#ifdef Q_OS_UNIX
Unexpected<QString> refusalByErrno(const QString &folder)
{
    return refusal(folder, qt_error_string(errno));
}

bool isForGroup(const struct stat &around)
{
    return (around.st_mode & S_IWGRP) != 0;
}

/// 0 or an errno.
int giveAway(int folder, const struct stat &around)
{
    struct stat made = {};
    if (::fstat(folder, &made) != 0)
        return errno;
    if (made.st_uid != ::geteuid())
        return EPERM;
    // A folder that root creates gets the owner of the folder around it, who has to use it.
    const uid_t user = made.st_uid == 0 ? around.st_uid : made.st_uid;
    const gid_t group = isForGroup(around) || user != made.st_uid ? around.st_gid : made.st_gid;
    if ((user != made.st_uid || group != made.st_gid) && ::fchown(folder, user, group) != 0)
        return errno;
    // The setgid bit gives new files the folder's group.
    return !isForGroup(around) || ::fchmod(folder, 02770) == 0 ? 0 : errno;
}

/// True for a process that has ended but was not waited for; kill(pid, 0) still succeeds.
bool isZombie(qint64 pid)
{
#ifdef Q_OS_LINUX
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray stat = file.readAll();
    const qsizetype nameEnd = stat.lastIndexOf(')'); // the name may contain any character
    const char state = stat.mid(nameEnd + 2, 1).isEmpty() ? ' ' : stat.at(nameEnd + 2);
    return state == 'Z' || state == 'X';
#else
    Q_UNUSED(pid)
    return false;
#endif
}

bool makeFolder(const QByteArray &path, const struct stat &around)
{
    if (::mkdir(path.constData(), 0700) != 0)
        return errno == EEXIST;
    // A member of the group may have replaced it meanwhile.
    const int folder = ::open(path.constData(),
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (folder < 0)
        return false;
    const int error = giveAway(folder, around);
    ::close(folder);
    errno = error;
    return error == 0;
}
#endif

} // namespace

#ifdef Q_OS_UNIX

bool ReportFolder::isShared() const
{
    struct stat around = {};
    return ::stat(QFile::encodeName(m_around).constData(), &around) == 0 && isForGroup(around);
}

Expected<void> ReportFolder::prepare() const
{
    const QByteArray aroundPath = QFile::encodeName(m_around);
    if (!aroundExists()) {
        QDir().mkpath(QFileInfo(m_around).path());
        if (::mkdir(aroundPath.constData(), 0700) != 0 && errno != EEXIST)
            return refusalByErrno(m_around);
    }
    struct stat around = {};
    if (::stat(aroundPath.constData(), &around) != 0)
        return refusalByErrno(m_around);
    const QByteArray path = QFile::encodeName(m_path);
    struct stat folder = {};
    if (!makeFolder(path, around) || ::lstat(path.constData(), &folder) != 0)
        return refusalByErrno(m_path);
    if (!S_ISDIR(folder.st_mode))
        return refusal(m_path, CoreTexts::tr("it is no folder but a link or a file"));
    if (!isForGroup(around) && folder.st_uid != ::geteuid() && folder.st_uid != around.st_uid)
        return refusal(m_path, CoreTexts::tr("it belongs to another user, and the folder around it "
                                             "is not shared with a group"));
    if (::access(path.constData(), W_OK | X_OK) != 0)
        return refusalByErrno(m_path);
    return {};
}

bool ReportFolder::hasEnded(const ProcessIdentity &owner)
{
    if (owner.pid <= 0 || owner.host != QSysInfo::machineHostName())
        return false;
    return ::kill(pid_t(owner.pid), 0) == 0 ? isZombie(owner.pid) : errno == ESRCH;
}

#else

bool ReportFolder::isShared() const
{
    return false;
}

Expected<void> ReportFolder::prepare() const
{
    if (QDir().mkpath(m_path))
        return {};
    return refusal(m_path, CoreTexts::tr("it cannot be made"));
}

bool ReportFolder::hasEnded(const ProcessIdentity &)
{
    return false;
}

#endif

Expected<void> ReportFolder::writeOwner(const ProcessIdentity &owner) const
{
    QJsonObject object = jsonOf(owner);
    object.insert("format"_L1, ProcessReport::Format);
    QSaveFile file(ownerFile(owner.id));
    QFileDevice::Permissions permissions = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (isShared())
        permissions |= QFileDevice::ReadGroup | QFileDevice::WriteGroup;
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(permissions)
        && file.write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n') > 0
        && file.commit())
        return {};
    return refusal(m_path, file.errorString());
}

ProcessIdentity ReportFolder::owner(const QString &id) const
{
    // A member of the group may have put a link or any other file there.
    const auto content = SharedFolder(m_path).read(id + ".json"_L1, LargestOwnerFile,
                                                   SharedFolder::Links::Refused);
    const QByteArray json = content.valueOr({}).value_or(QByteArray());
    ProcessIdentity owner = identityOf(QJsonDocument::fromJson(json).object());
    owner.id = id;
    return owner;
}

void ReportFolder::remove(const QString &id) const
{
    QFile::remove(socketFile(id));
    QFile::remove(ownerFile(id));
}

Expected<QStringList> ReportFolder::processes() const
{
    QStringList ids;
    std::error_code problem;
    std::filesystem::directory_iterator entries(QFileInfo(m_path).filesystemFilePath(), problem);
    for (const auto end = std::filesystem::directory_iterator(); !problem && entries != end;
         entries.increment(problem)) {
        const QString name = QFile::decodeName(
                QByteArray::fromStdString(entries->path().filename().string()));
        if (name.endsWith(SocketSuffix) && isProcessId(name.chopped(SocketSuffix.size())))
            ids.append(name.chopped(SocketSuffix.size()));
    }
    if (problem && problem != std::errc::no_such_file_or_directory)
        return refusal(m_path, QString::fromLocal8Bit(problem.message().c_str()));
    ids.sort();
    return ids;
}

} // namespace qproxysql
