// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

#include <memory>

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

/// Where instances of one inner driver come from. Found once per driver name and kept for ever.
///
/// Instances are made by the plugin itself, not by QSqlDatabase: from Qt 6.8 on QSqlDatabase takes
/// its registry lock to make one, and removeDatabase() holds that lock while it deletes a driver of
/// ours. Plugin instances are made and destroyed under one process-wide mutex, and some are
/// kept alive for ever, because QMYSQL counts its instances in a plain int and shuts the client
/// library down at 0. A driver registered in the process goes before a plugin, as in QtSql; such
/// instances can only be made by QSqlDatabase and take no mutex of ours. Thread-safe.
class DriverSource
{
public:
    /// Never nullptr. Loads the plugin. The error names the file that was tried (or the folders searched),
    /// Qt's loader text and the package to install. Calls for a name may take QtSql's registry lock until
    /// one was successful: none from a driver's constructor or destructor.
    static Expected<const DriverSource *> of(const QString &driverName);

    virtual ~DriverSource() = default;

    virtual QString file() const = 0; ///< of the plugin; empty: registered or linked statically
    virtual std::unique_ptr<OwnedDriver> create() const = 0; ///< nullptr when it fails
};

} // namespace qproxysql
