// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/qglobal.h>

QT_BEGIN_NAMESPACE
class QSqlDriver;
QT_END_NAMESPACE

namespace qproxysql {

/// One driver instance made by DriverSource. Destroying it destroys the driver, which must be closed
/// by then.
class OwnedDriver
{
public:
    virtual ~OwnedDriver() = default;

    virtual QSqlDriver *get() const = 0; ///< nullptr once a parent has deleted it

    /// False when the instance belongs to somebody whom a parent would deprive of it.
    virtual bool mayHaveParent() const = 0;
};

} // namespace qproxysql
