// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/systemuser.h"

#include <QtCore/QFile>

#ifdef Q_OS_UNIX
#include <pwd.h>
#endif

namespace qproxysql {

SystemUser SystemUser::withId(uint id)
{
#ifdef Q_OS_UNIX
    QByteArray room(16 * 1024, Qt::Uninitialized);
    passwd entry{};
    passwd *found = nullptr;
    if (::getpwuid_r(id, &entry, room.data(), size_t(room.size()), &found) == 0 && found)
        return {QString::fromLocal8Bit(found->pw_name), QFile::decodeName(found->pw_dir)};
#else
    Q_UNUSED(id)
#endif
    return {};
}

} // namespace qproxysql
