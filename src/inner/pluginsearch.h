// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QPluginLoader>
#include <QtCore/QStringList>

QT_BEGIN_NAMESPACE
class QSqlDriverPlugin;
QT_END_NAMESPACE

namespace qproxysql {

/// Looks for the plugin that offers a driver name, in the order in which QtSql looks: plugins linked
/// statically, then the folder sqldrivers/ of each of QCoreApplication::libraryPaths() (which contains
/// QT_PLUGIN_PATH).
class PluginSearch
{
public:
    explicit PluginSearch(const QString &driverName);

    /// Lives for ever; nullptr: see explanation().
    QSqlDriverPlugin *plugin() const { return m_plugin; }
    QString file() const { return m_file; } ///< empty when linked statically

    /// Why there is no plugin: the file tried and Qt's loader text, or the folders searched; and the
    /// package to install. For the application's eyes.
    QString explanation() const;

private:
    void searchStatic();
    void searchFolders();
    void load(const QString &file);

    const QString m_driverName;
    QSqlDriverPlugin *m_plugin = nullptr;
    QString m_file;
    QStringList m_folders;
    QStringList m_failures;
};

} // namespace qproxysql
