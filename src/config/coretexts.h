// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// The translation context of the core's texts.
struct CoreTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySql)
};

} // namespace qproxysql
