// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "inner/innerconnection.h"

namespace qproxysql {

/// A closed inner driver that serves calls on a connection without a session (features, identifier rules,
/// formats), so that the results are QMYSQL's own in every version of Qt.
///
/// Created at the first call of get(), never in a constructor or destructor of the driver: loading a plugin
/// locks QtSql's registry, and removeDatabase() holds that lock while it deletes a driver. Owner's thread
/// only.
class DormantDriver
{
public:
    QSqlDriver *get(); ///< nullptr when no inner driver can be loaded

private:
    std::unique_ptr<InnerConnection> m_inner;
    bool m_isMissing = false;
};

} // namespace qproxysql
