// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/directorylocation.h"

#include "config/coretexts.h"
#include "drain/systemuser.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>

#ifndef Q_OS_WIN
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr char FolderVariable[] = "QPROXYSQL_DIR";

#ifndef Q_OS_WIN
// A service may run without HOME; Qt would then return the root folder.
QString homeFolder()
{
    const QString home = qEnvironmentVariable("HOME");
    if (QDir::isAbsolutePath(home))
        return home;
    const QString listed = SystemUser::withId(::getuid()).home;
    return QDir::isAbsolutePath(listed) ? listed : QString();
}
#endif

} // namespace

Expected<QString> DirectoryLocation::folder()
{
    const QString wanted = qEnvironmentVariable(FolderVariable);
    if (!wanted.isEmpty() && !QDir::isAbsolutePath(wanted))
        return Unexpected(CoreTexts::tr("environment %1=%2 is not allowed; allowed is the absolute "
                                        "path of a folder")
                                  .arg(QLatin1String(FolderVariable), wanted));
    if (!wanted.isEmpty())
        return QDir::cleanPath(wanted);
    const QString machine = machineFolder();
    if (QFileInfo(machine).isDir())
        return machine;
    const QString user = userFolder();
    if (user.isEmpty())
        return Unexpected(
                CoreTexts::tr("there is no folder for the drain directory: %1 does not exist, "
                              "this user has no home, and the environment variable %2 is not set")
                        .arg(machine, QLatin1String(FolderVariable)));
    return user;
}

QString DirectoryLocation::machineFolder()
{
#ifdef Q_OS_WIN
    return QDir::cleanPath(qEnvironmentVariable("PROGRAMDATA", u"C:/ProgramData"_s)
                           + u"/qproxysql"_s);
#else
    return u"/var/lib/qproxysql"_s;
#endif
}

QString DirectoryLocation::userFolder()
{
#ifdef Q_OS_WIN
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return data.isEmpty() ? QString() : QDir::cleanPath(data + u"/qproxysql"_s);
#else
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (QDir::isAbsolutePath(state)) // the XDG specification: ignore relative paths
        return QDir::cleanPath(state + u"/qproxysql"_s);
    const QString home = homeFolder();
    return home.isEmpty() ? QString() : QDir::cleanPath(home + u"/.local/state/qproxysql"_s);
#endif
}

} // namespace qproxysql
