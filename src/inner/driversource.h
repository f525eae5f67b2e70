// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

#include <array>
#include <memory>

QT_BEGIN_NAMESPACE
class QSqlDriver;
class QSqlDriverPlugin;
QT_END_NAMESPACE

namespace qproxysql {

/// Owns one driver instance made by DriverSource. Close the driver before it is destroyed.
class OwnedDriver
{
public:
    virtual ~OwnedDriver() = default;

    virtual QSqlDriver *get() const = 0; ///< nullptr after a parent has deleted it

    /// False if someone else deletes the instance.
    virtual bool mayHaveParent() const = 0;
};

/// Creates instances of one inner driver. There is one per driver name, never destroyed.
///
/// The plugin itself creates the instances, not QSqlDatabase: from Qt 6.8 on QSqlDatabase takes its
/// registry lock to create one, and removeDatabase() holds that lock while it deletes a driver of
/// ours. QMYSQL counts its instances in a plain int and shuts down the client library at 0.
/// Therefore plugin instances are created and destroyed under a process-wide mutex, and some are
/// never destroyed. The alias plugin is passed over. As in QtSql, a driver registered in the process takes precedence over a plugin.
/// Only QSqlDatabase can create its instances, and no mutex of ours is taken. Thread-safe.
class DriverSource
{
public:
    /// Loads the plugin; never nullptr. The error names the file that was tried (or the folders
    /// searched), Qt's loader text and the package to install. May take QtSql's registry lock until
    /// a call for this name has succeeded: never call it from a driver's constructor or destructor.
    static Expected<const DriverSource *> of(const QString &driverName);

    QString file() const
    {
        return m_file;
    } ///< of the plugin; empty if registered or linked statically
    std::unique_ptr<OwnedDriver> create() const; ///< nullptr when it fails

private:
    DriverSource(const QString &driverName, QSqlDriverPlugin *plugin, const QString &file);
    static Expected<std::unique_ptr<DriverSource>> find(const QString &driverName);
    bool isOverridden() const;

    const QString m_driverName;
    QSqlDriverPlugin *const m_plugin; ///< nullptr for a driver registered in the process
    const QString m_file;
    std::array<std::unique_ptr<OwnedDriver>, 16> m_sentinels;
};

} // namespace qproxysql
