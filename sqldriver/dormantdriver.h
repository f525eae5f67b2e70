// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "inner/innerconnection.h"

namespace qproxysql {

/// A closed inner driver that answers what is asked of a connection without a session (features,
/// identifier rules, formats), so that the answers are QMYSQL's own in every version of Qt.
///
/// Made at the first question, never in a constructor or destructor of the driver: loading a plugin
/// touches QtSql's registry, whose lock removeDatabase() holds while it deletes a driver.
/// Used by the owner's thread only.
class DormantDriver
{
public:
    QSqlDriver *get(); ///< nullptr when there is no inner driver to be had

private:
    std::unique_ptr<InnerConnection> m_inner;
    bool m_isMissing = false;
};

} // namespace qproxysql
