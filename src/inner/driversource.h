// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "inner/owneddriver.h"

#include <QtCore/QString>

#include <memory>

namespace qproxysql {

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
    /// nullptr and \a error set when the driver cannot be had. The first call for a name may take
    /// QtSql's registry lock.
    static const DriverSource *of(const QString &driverName, QString *error);

    virtual ~DriverSource() = default;

    virtual QString file() const = 0; ///< of the plugin; empty: registered or linked statically
    virtual std::unique_ptr<OwnedDriver> create() const = 0; ///< nullptr when it fails
};

} // namespace qproxysql
