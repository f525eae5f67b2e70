// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QPluginLoader>
#include <QtCore/QStringList>

QT_BEGIN_NAMESPACE
class QSqlDriverPlugin;
QT_END_NAMESPACE

namespace qproxysql {

/// Finds the plugin for a driver name. Searches in QtSql's order: statically linked plugins, then
/// the folder sqldrivers/ of each of QCoreApplication::libraryPaths(), which include
/// QT_PLUGIN_PATH.
class PluginSearch
{
public:
    explicit PluginSearch(const QString &driverName);

    /// Never destroyed; nullptr if there is none, see explanation().
    QSqlDriverPlugin *plugin() const { return m_plugin; }
    QString file() const { return m_file; } ///< empty when linked statically

    /// Why there is no plugin: the file tried with Qt's loader text, or the folders searched, and
    /// the package to install. A text for the user.
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
