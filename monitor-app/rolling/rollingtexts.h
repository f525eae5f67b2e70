// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// The translation context of rolling restarts.
struct RollingTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySqlRolling)
};

} // namespace qproxysql
