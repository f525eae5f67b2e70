// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "dbmstype.h"

#include <QtSql/QSqlDriver>

#ifdef QPROXYSQL_SQL_PRIVATE_HEADERS
#include <QtCore/QLibraryInfo>
#include <QtSql/private/qsqldriver_p.h>
#endif

namespace qproxysql {

#ifdef QPROXYSQL_SQL_PRIVATE_HEADERS
// The plugin also runs with later versions of Qt, whose private classes may differ.
static bool isQtAsCompiled()
{
    const auto running = QLibraryInfo::version();
    return running.majorVersion() == QT_VERSION_MAJOR && running.minorVersion() == QT_VERSION_MINOR;
}
#endif

void markAsMySqlServer(QSqlDriver *driver)
{
#ifdef QPROXYSQL_SQL_PRIVATE_HEADERS
    if (isQtAsCompiled()) {
        static_cast<QSqlDriverPrivate *>(QObjectPrivate::get(driver))->dbmsType =
                QSqlDriver::MySqlServer;
    }
#else
    Q_UNUSED(driver)
#endif
}

} // namespace qproxysql
