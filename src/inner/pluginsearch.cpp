// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/pluginsearch.h"

#include "config/coretexts.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QLibrary>
#include <QtCore/QThread>
#include <QtSql/QSqlDriverPlugin>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

bool offers(const QJsonObject &pluginData, const QString &driverName)
{
    if (pluginData.value("IID"_L1) != QLatin1String(QSqlDriverFactoryInterface_iid))
        return false;
    const auto keys = pluginData.value("MetaData"_L1).toObject().value("Keys"_L1).toArray();
    return std::any_of(keys.begin(), keys.end(), [&](const QJsonValue &key) {
        return key.toString().compare(driverName, Qt::CaseInsensitive) == 0;
    });
}

bool isAlias(const QJsonObject &pluginData)
{
    return pluginData.value("MetaData"_L1).toObject().contains("QProxySqlAlias"_L1);
}

// QtSql's loader moves the instance to the main thread, which only its own thread may do.
void leaveToMainThread(QObject *instance)
{
    const auto *application = QCoreApplication::instance();
    if (application && !instance->parent() && instance->thread() == QThread::currentThread())
        instance->moveToThread(application->thread());
}

QString packageAdvice()
{
#ifdef Q_OS_LINUX
    return CoreTexts::tr("Install Qt's MySQL driver (Debian and Ubuntu: apt install "
                         "libqt6sql6-mysql; elsewhere Qt's package for MySQL or MariaDB).");
#else
    return CoreTexts::tr(
            "Install Qt's MySQL driver and the MySQL or MariaDB client library it needs.");
#endif
}

} // namespace

PluginSearch::PluginSearch(const QString &driverName)
    : m_driverName(driverName)
{
    searchStatic();
    if (!m_plugin)
        searchFolders();
}

void PluginSearch::searchStatic()
{
    const auto plugins = QPluginLoader::staticPlugins();
    for (const QStaticPlugin &plugin : plugins) {
        if (offers(plugin.metaData(), m_driverName)) {
            m_plugin = qobject_cast<QSqlDriverPlugin *>(plugin.instance());
            return;
        }
    }
}

void PluginSearch::searchFolders()
{
    const auto paths = QCoreApplication::libraryPaths();
    for (const QString &path : paths) {
        const QDir folder(path + "/sqldrivers"_L1);
        m_folders += QDir::toNativeSeparators(folder.path());
        const auto files = folder.entryList(QDir::Files);
        for (const QString &name : files) {
            const QString file = folder.absoluteFilePath(name);
            if (!QLibrary::isLibrary(file))
                continue;
            const QJsonObject data = QPluginLoader(file).metaData();
            if (!offers(data, m_driverName))
                continue;
            if (isAlias(data))
                m_alias = QDir::toNativeSeparators(file);
            else
                load(file);
            if (m_plugin)
                return;
        }
    }
}

void PluginSearch::load(const QString &file)
{
    QPluginLoader loader(file);
    auto *instance = loader.instance();
    m_plugin = qobject_cast<QSqlDriverPlugin *>(instance);
    if (!m_plugin) {
        m_failures += loader.errorString();
        m_file = m_file.isEmpty() ? file : m_file;
        return;
    }
    leaveToMainThread(instance);
    m_file = loader.fileName();
}

QString PluginSearch::explanation() const
{
    if (m_failures.isEmpty() && hasMetAlias()) {
        return CoreTexts::tr("The inner driver %1 was not found. In %2 only the alias of QPROXYSQL "
                             "(%3) answers to that name. %4")
                .arg(m_driverName, m_folders.join(", "_L1), m_alias, packageAdvice());
    }
    if (m_failures.isEmpty()) {
        return CoreTexts::tr("The inner driver %1 was not found. No plugin in %2 offers it. %3")
                .arg(m_driverName, m_folders.join(", "_L1), packageAdvice());
    }
    return CoreTexts::tr("The inner driver %1 could not be loaded from %2: %3. %4")
            .arg(m_driverName, QDir::toNativeSeparators(m_file), m_failures.join("; "_L1),
                 packageAdvice());
}

} // namespace qproxysql
