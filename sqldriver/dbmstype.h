// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

QT_BEGIN_NAMESPACE
class QSqlDriver;
QT_END_NAMESPACE

namespace qproxysql {

/// Makes \a driver answer dbmsType() with MySqlServer, as QMYSQL does. Only QtSql's private class
/// can set it; without its headers, or when the Qt that runs has another minor version than the one
/// compiled with, this does nothing and the answer stays Unknown.
void markAsMySqlServer(QSqlDriver *driver);

} // namespace qproxysql
