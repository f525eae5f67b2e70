// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// Texts of histories. All static; no state.
struct HistoryTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySqlHistory)
};

} // namespace qproxysql
