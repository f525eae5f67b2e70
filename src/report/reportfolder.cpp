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

bool refuseFolder(const QString &folder, const QString &why, QString *error)
{
    *error = CoreTexts::tr("Folder for reports %1: %2").arg(QDir::toNativeSeparators(folder), why);
    return false;
}

#ifdef Q_OS_UNIX
bool refuseWithErrno(const QString &folder, QString *error)
{
    return refuseFolder(folder, qt_error_string(errno), error);
}

/// 0 or an errno.
int giveAway(int folder, const struct stat &around, bool isShared)
{
    struct stat made = {};
    if (::fstat(folder, &made) != 0)
        return errno;
    if (made.st_uid != ::geteuid())
        return EPERM;
    // A folder that root creates gets the owner of the folder around it, who has to use it.
    const uid_t user = made.st_uid == 0 ? around.st_uid : made.st_uid;
    const gid_t group = isShared || user != made.st_uid ? around.st_gid : made.st_gid;
    if ((user != made.st_uid || group != made.st_gid) && ::fchown(folder, user, group) != 0)
        return errno;
    // The setgid bit gives new files the folder's group.
    return !isShared || ::fchmod(folder, 02770) == 0 ? 0 : errno;
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

bool makeFolder(const QByteArray &path, const struct stat &around, bool isShared)
{
    if (::mkdir(path.constData(), 0700) != 0)
        return errno == EEXIST;
    // A member of the group may have replaced it meanwhile.
    const int folder = ::open(path.constData(),
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (folder < 0)
        return false;
    const int error = giveAway(folder, around, isShared);
    ::close(folder);
    errno = error;
    return error == 0;
}
#endif

} // namespace

ReportFolder::ReportFolder(const QString &around)
    : m_around(around)
    , m_path(around + "/reports"_L1)
{
}

QString ReportFolder::ownerFile(const QString &id) const
{
    return m_path + u'/' + id + ".json"_L1;
}

bool ReportFolder::aroundExists() const
{
    return QFileInfo(m_around).isDir();
}

#ifdef Q_OS_UNIX

bool ReportFolder::isShared() const
{
    struct stat around = {};
    return ::stat(QFile::encodeName(m_around).constData(), &around) == 0
           && (around.st_mode & S_IWGRP) != 0;
}

bool ReportFolder::prepare(QString *error) const
{
    const QByteArray aroundPath = QFile::encodeName(m_around);
    if (!aroundExists()) {
        QDir().mkpath(QFileInfo(m_around).path());
        if (::mkdir(aroundPath.constData(), 0700) != 0 && errno != EEXIST)
            return refuseWithErrno(m_around, error);
    }
    struct stat around = {};
    if (::stat(aroundPath.constData(), &around) != 0)
        return refuseWithErrno(m_around, error);
    const bool shared = (around.st_mode & S_IWGRP) != 0;
    const QByteArray path = QFile::encodeName(m_path);
    if (!makeFolder(path, around, shared))
        return refuseWithErrno(m_path, error);
    struct stat folder = {};
    if (::lstat(path.constData(), &folder) != 0)
        return refuseWithErrno(m_path, error);
    if (!S_ISDIR(folder.st_mode)) {
        return refuseFolder(m_path, CoreTexts::tr("it is no folder but a link or a file"), error);
    }
    if (!shared && folder.st_uid != ::geteuid() && folder.st_uid != around.st_uid) {
        return refuseFolder(m_path,
                            CoreTexts::tr("it belongs to another user, and the folder around it is "
                                          "not shared with a group"),
                            error);
    }
    return ::access(path.constData(), W_OK | X_OK) == 0 || refuseWithErrno(m_path, error);
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

bool ReportFolder::prepare(QString *error) const
{
    return QDir().mkpath(m_path) || refuseFolder(m_path, CoreTexts::tr("it cannot be made"), error);
}

bool ReportFolder::hasEnded(const ProcessIdentity &)
{
    return false;
}

#endif

bool ReportFolder::writeOwner(const ProcessIdentity &owner, QString *error) const
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
        return true;
    return refuseFolder(m_path, file.errorString(), error);
}

ProcessIdentity ReportFolder::owner(const QString &id) const
{
    // A member of the group may have put a link or any other file there.
    const SharedFolder::Content content = SharedFolder(m_path).read(id + ".json"_L1,
                                                                    LargestOwnerFile,
                                                                    SharedFolder::Links::Refused);
    ProcessIdentity owner = identityOf(QJsonDocument::fromJson(content.bytes).object());
    owner.id = id;
    return owner;
}

void ReportFolder::remove(const QString &id) const
{
    QFile::remove(socketFile(id));
    QFile::remove(ownerFile(id));
}

QStringList ReportFolder::processes(QString *error) const
{
    error->clear();
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
        refuseFolder(m_path, QString::fromLocal8Bit(problem.message().c_str()), error);
    ids.sort();
    return ids;
}

} // namespace qproxysql
