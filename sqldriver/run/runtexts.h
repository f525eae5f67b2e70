// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// The translation context of qproxysql-run, English only as qproxysql-ctl.
struct RunTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySqlRun)
};

} // namespace qproxysql
