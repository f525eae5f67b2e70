// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// The context of what the core says of drains and reports to people.
struct CoreTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySql)
};

} // namespace qproxysql
