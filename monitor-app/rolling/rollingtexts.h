// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "rolling/rollingplan.h"

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// Texts of rolling restarts. All static; no state.
struct RollingTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySqlRolling)

public:
    static QString step(RollingPeer::Step step, const QString &peer); ///< "db2:3306: draining"
};

} // namespace qproxysql
