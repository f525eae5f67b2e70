// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// The context of every text that is made outside of an object.
struct MonitorTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySqlMonitor)
};

} // namespace qproxysql
