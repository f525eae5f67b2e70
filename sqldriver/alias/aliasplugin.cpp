// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/pluginsearch.h"

#include <QtSql/QSqlDriverPlugin>

#include <mutex>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// The plugin QPROXYSQL; nullptr, with a warning in the log, when there is none. Thread-safe.
QSqlDriverPlugin *ownPlugin(const QString &key)
{
    static auto *const mutex = new std::mutex;
    static QSqlDriverPlugin *known = nullptr;
    const std::scoped_lock lock(*mutex);
    if (!known)
        known = PluginSearch(u"QPROXYSQL"_s).plugin();
    if (!known)
        qWarning("QPROXYSQL: its alias for %s finds no plugin libqsqlproxysql in any folder "
                 "sqldrivers "
                 "of QT_PLUGIN_PATH and Qt",
                 qPrintable(key));
    return known;
}

} // namespace

/// Answers to the names of Qt's MySQL driver with drivers of the plugin QPROXYSQL, for programs that can
/// name no other driver. It lies in a folder of its own, which comes first in QT_PLUGIN_PATH
/// (qproxysql-run). The inner driver is Qt's: PluginSearch knows this plugin by its metadata.
class AliasPlugin final : public QSqlDriverPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QSqlDriverFactoryInterface_iid FILE "alias.json")

public:
    QSqlDriver *create(const QString &key) override
    {
        auto *const plugin = ownPlugin(key);
        return plugin ? plugin->create(key) : nullptr;
    }
};

} // namespace qproxysql

#include "aliasplugin.moc"
