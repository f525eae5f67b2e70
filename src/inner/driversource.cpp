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

#include <array>
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

class PluginSource final : public DriverSource
{
public:
    PluginSource(QSqlDriverPlugin *plugin, const QString &driverName, const QString &file)
        : m_plugin(plugin)
        , m_driverName(driverName)
        , m_file(file)
    {
        // Keep more than one. The application's own QMYSQL connections and their clones are counted
        // without our mutex, so that increments may be lost.
        for (auto &sentinel : m_sentinels)
            sentinel = create();
    }

    QString file() const override { return m_file; }
    const OwnedDriver *sentinel() const { return m_sentinels.front().get(); }

    std::unique_ptr<OwnedDriver> create() const override
    {
        const std::scoped_lock lock(instanceMutex());
        auto *const driver = m_plugin->create(m_driverName);
        return driver ? std::make_unique<PluginDriver>(driver) : nullptr;
    }

private:
    QSqlDriverPlugin *const m_plugin;
    const QString m_driverName;
    const QString m_file;
    std::array<std::unique_ptr<OwnedDriver>, 16> m_sentinels;
};

class RegisteredSource final : public DriverSource
{
public:
    explicit RegisteredSource(const QString &driverName)
        : m_driverName(driverName)
    {
    }

    QString file() const override { return {}; }

    std::unique_ptr<OwnedDriver> create() const override
    {
        // Without an application QSqlDatabase creates no driver, and from Qt 6.8 on it crashes.
        if (!QCoreApplication::instance())
            return nullptr;
        return std::make_unique<RegisteredDriver>(m_driverName);
    }

private:
    const QString m_driverName;
};

// QtSql does not say whether a driver is registered. The class of an instance shows it.
bool isOverridden(const PluginSource &source, const QString &driverName)
{
    const auto made = RegisteredDriver(driverName);
    return made.get()->metaObject() != source.sentinel()->get()->metaObject();
}

Expected<std::unique_ptr<DriverSource>> find(const QString &driverName)
{
    if (!QCoreApplication::instance())
        return Unexpected(
                CoreTexts::tr("The inner driver %1 cannot be loaded without a QCoreApplication.")
                        .arg(driverName));
    const PluginSearch search(driverName);
    const bool isListed = QSqlDatabase::isDriverAvailable(driverName);
    if (!search.plugin()) {
        if (isListed && search.file().isEmpty())
            return std::make_unique<RegisteredSource>(driverName);
        return Unexpected(search.explanation());
    }
    auto source = std::make_unique<PluginSource>(search.plugin(), driverName, search.file());
    if (!source->sentinel())
        return Unexpected(search.explanation());
    if (isListed && isOverridden(*source, driverName))
        return std::make_unique<RegisteredSource>(driverName);
    return source;
}

struct LoadedSources
{
    std::mutex mutex;
    QHash<QString, const DriverSource *> sources;
};

} // namespace

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
