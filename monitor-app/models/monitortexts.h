// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>

namespace qproxysql {

/// The translation context of texts that are made outside of QObjects.
struct MonitorTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySqlMonitor)
};

} // namespace qproxysql
