// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/driversource.h"

#include "config/coretexts.h"
#include "inner/pluginsearch.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>
#include <QtCore/QPointer>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlDriverPlugin>

#include <mutex>

namespace qproxysql {

namespace {

std::mutex &instanceMutex()
{
    static auto *const mutex = new std::mutex;
    return *mutex;
}

class PluginDriver final : public OwnedDriver
{
public:
    explicit PluginDriver(QSqlDriver *driver)
        : m_driver(driver)
    {
    }
    ~PluginDriver() override
    {
        const std::scoped_lock lock(instanceMutex());
        delete m_driver.data();
    }

    QSqlDriver *get() const override { return m_driver; }
    bool mayHaveParent() const override { return true; }

private:
    const QPointer<QSqlDriver> m_driver;
};

class RegisteredDriver final : public OwnedDriver, private QSqlDatabase
{
public:
    explicit RegisteredDriver(const QString &driverName)
        : QSqlDatabase(driverName)
    {
    }

    QSqlDriver *get() const override { return driver(); }
    bool mayHaveParent() const override { return false; } // QSqlDatabase deletes it
};

// QtSql lists the alias, too, which would have this process connect through itself.
bool isListed(const QString &driverName, bool hasAlias)
{
    if (!QSqlDatabase::isDriverAvailable(driverName))
        return false;
    return !hasAlias
           || qstrcmp(RegisteredDriver(driverName).get()->metaObject()->className(),
                      "qproxysql::ProxySqlDriver")
                      != 0;
}

struct LoadedSources
{
    std::mutex mutex;
    QHash<QString, const DriverSource *> sources;
};

} // namespace

DriverSource::DriverSource(const QString &driverName, QSqlDriverPlugin *plugin, const QString &file)
    : m_driverName(driverName)
    , m_plugin(plugin)
    , m_file(file)
{
    // Keep more than one. The application's own QMYSQL connections and their clones are counted
    // without our mutex, so that increments may be lost.
    for (auto &sentinel : m_sentinels)
        sentinel = plugin ? create() : nullptr;
}

std::unique_ptr<OwnedDriver> DriverSource::create() const
{
    if (m_plugin) {
        const std::scoped_lock lock(instanceMutex());
        auto *const driver = m_plugin->create(m_driverName);
        return driver ? std::make_unique<PluginDriver>(driver) : nullptr;
    }
    // Without an application QSqlDatabase creates no driver, and from Qt 6.8 on it crashes.
    if (!QCoreApplication::instance())
        return nullptr;
    return std::make_unique<RegisteredDriver>(m_driverName);
}

// QtSql does not say whether a driver is registered. The class of an instance shows it.
bool DriverSource::isOverridden() const
{
    return RegisteredDriver(m_driverName).get()->metaObject()
           != m_sentinels.front()->get()->metaObject();
}

Expected<std::unique_ptr<DriverSource>> DriverSource::find(const QString &driverName)
{
    if (!QCoreApplication::instance())
        return Unexpected(
                CoreTexts::tr("The inner driver %1 cannot be loaded without a QCoreApplication.")
                        .arg(driverName));
    const PluginSearch search(driverName);
    const bool hasOther = isListed(driverName, search.hasMetAlias());
    const auto made = [&driverName](QSqlDriverPlugin *plugin, const QString &file) {
        return std::unique_ptr<DriverSource>(new DriverSource(driverName, plugin, file));
    };
    if (!search.plugin() && hasOther && search.file().isEmpty())
        return made(nullptr, {});
    auto source = search.plugin() ? made(search.plugin(), search.file()) : nullptr;
    if (!source || !source->m_sentinels.front())
        return Unexpected(search.explanation());
    return hasOther && source->isOverridden() ? made(nullptr, {}) : std::move(source);
}

Expected<const DriverSource *> DriverSource::of(const QString &driverName)
{
    static auto *const known = new LoadedSources;
    const std::scoped_lock lock(known->mutex);
    if (const auto *source = known->sources.value(driverName))
        return source;
    auto found = find(driverName);
    if (!found)
        return Unexpected(found.error());
    return *known->sources.insert(driverName, found->release());
}

} // namespace qproxysql
