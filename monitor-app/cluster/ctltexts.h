// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// The translation context of the controller and qproxysql-ctl.
struct CtlTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySqlCtl)
};

} // namespace qproxysql
