// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

QT_BEGIN_NAMESPACE
class QSqlDriver;
QT_END_NAMESPACE

namespace qproxysql {

/// Makes \a driver's dbmsType() MySqlServer, as QMYSQL's is. Only QtSql's private class can set it. Without
/// its headers, or when the running Qt has another minor version than the one compiled with, this does
/// nothing, and the type stays Unknown.
void markAsMySqlServer(QSqlDriver *driver);

} // namespace qproxysql
