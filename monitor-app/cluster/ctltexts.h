// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// The context of what the controller and qproxysql-ctl say to people.
struct CtlTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySqlCtl)
};

} // namespace qproxysql
