// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QPluginLoader>
#include <QtCore/QStringList>

QT_BEGIN_NAMESPACE
class QSqlDriverPlugin;
QT_END_NAMESPACE

namespace qproxysql {

/// Finds the plugin for a driver name. Searches as QtSql does: statically linked plugins, then the
/// folders sqldrivers/ of QCoreApplication::libraryPaths() (QT_PLUGIN_PATH is one). Passes over the
/// alias plugin (sqldriver/alias), which answers to the inner driver's name with a driver of ours.
class PluginSearch
{
public:
    explicit PluginSearch(const QString &driverName);

    /// Never destroyed; nullptr if there is none, see explanation().
    QSqlDriverPlugin *plugin() const { return m_plugin; }
    QString file() const { return m_file; } ///< empty when linked statically
    bool hasMetAlias() const { return !m_alias.isEmpty(); }

    /// Why there is no plugin: the file tried with Qt's loader text, or the folders searched and the
    /// alias if that is all there is, and the package to install. A text for the user.
    QString explanation() const;

private:
    void searchStatic();
    void searchFolders();
    void load(const QString &file);

    const QString m_driverName;
    QSqlDriverPlugin *m_plugin = nullptr;
    QString m_file;
    QString m_alias; ///< passed over
    QStringList m_folders;
    QStringList m_failures;
};

} // namespace qproxysql
